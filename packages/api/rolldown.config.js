import { defineConfig } from 'rolldown';

/** TypeORM reads the drivers of all databases, whichever is asked for; these are two thirds of its code. */
const foreignDriver =
  /\/typeorm\/(?:browser\/)?driver\/(?:aurora-mysql|aurora-postgres|capacitor|cockroachdb|cordova|expo|mongodb|nativescript|oracle|postgres|react-native|sap|spanner|sqlite|sqljs|sqlserver)\/(\w+)\.js$/;

/** @type {import('rolldown').Plugin} */
const withoutForeignDrivers = {
  name: 'without-foreign-drivers',
  load: {
    filter: { id: foreignDriver },
    handler: (id) => `export class ${foreignDriver.exec(id)?.[1] ?? ''} {}`,
  },
};

/** @type {import('rolldown').Plugin} */
const forServerJs = {
  name: 'for-server-js',
  generateBundle(_options, bundle) {
    for (const part of Object.values(bundle)) {
      if (part.type !== 'chunk') continue;
      if (/\bimport\(['"]/.test(part.code))
        throw new Error(`${part.fileName} imports while it runs: it would fail at the second start.`);
      // One character that Latin-1 does not have doubles the memory that V8 needs for the whole text.
      part.code = part.code.replace(/[\u0080-\uffff]/g, escaped);
      // As Node wraps a CommonJS module: server.js calls it, and need not copy the text to do so.
      if (part.isEntry)
        part.code = `(function (exports, require, module, __filename, __dirname) {${part.code}\n})`;
    }
  },
};

/** @param {string} character */
const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * The compiled server and what it is made of as one file, and a few more for what is loaded later: a start reads one file
 * instead of two thousand (docs/adr/0021-one-file.md). server.js starts it. It lies beside main.js, since paths are taken from
 * where the code is.
 */
export default defineConfig({
  input: { main: 'dist/main.js' },
  platform: 'node',
  plugins: [withoutForeignDrivers, forServerJs],
  // Compiled to machine code, or large and loaded by some installations alone: they stay packages.
  external: [
    '@graphql-yoga/render-graphiql',
    '@node-rs/argon2',
    '@twofold/sqlite',
    'class-validator',
    'ioredis',
    'mysql2',
    'nodemailer',
  ],
  checks: { unresolvedImport: false },
  output: {
    dir: 'dist',
    format: 'cjs',
    // V8 forgets in what it keeps how a script imports (ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING).
    dynamicImportInCjs: false,
    comments: false,
    entryFileNames: 'server-[name].cjs',
    chunkFileNames: 'server-[name].cjs',
  },
});
