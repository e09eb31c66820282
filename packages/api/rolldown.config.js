import { defineConfig } from 'rolldown';

/**
 * The compiled server and what it is made of as one file, and a few more for what is loaded later: a start reads one file
 * instead of two thousand, and leaves out what of TypeORM and GraphQL nobody calls (docs/adr/0021-one-file.md). It lies beside main.js, since paths are
 * taken from where the code is.
 */
export default defineConfig({
  input: { server: 'dist/main.js' },
  platform: 'node',
  // Compiled to machine code, or large and loaded by some installations alone: they stay packages.
  external: [
    '@graphql-yoga/render-graphiql',
    '@node-rs/argon2',
    'better-sqlite3',
    'class-validator',
    'ioredis',
    'mysql2',
    'nodemailer',
  ],
  checks: { unresolvedImport: false },
  output: { dir: 'dist', entryFileNames: '[name].js', chunkFileNames: 'server-[name].js' },
});
