import { fileURLToPath } from 'node:url';
import { baseCompile } from '@intlify/message-compiler';
import type { Plugin } from 'vite';
import { runnerImport } from 'vite';
import { sources } from '../sources.js';

const folder = fileURLToPath(new URL('../src/copy/', import.meta.url));
const files = [`${folder}en.ts`, `${folder}en-signed-in.ts`];

/**
 * In the built client the messages come compiled to functions, so that it need not carry the compiler, which the first page
 * would wait for. It goes together with `__INTLIFY_DROP_MESSAGE_COMPILER__`.
 */
export function compiledCopy(): Plugin {
  return {
    name: 'compiled-copy',
    apply: 'build',
    async load(id) {
      if (!files.includes(id)) return null;
      const { module, dependencies } = await runnerImport<Copy>(id, { resolve: { alias: sources } });
      for (const file of dependencies) this.addWatchFile(file);
      return Object.entries(module)
        .map(([name, words]) => `export const ${name} = ${compiled(words)};`)
        .join('\n');
    },
  };
}

interface Copy {
  readonly [key: string]: string | Copy;
}

/** The source of an object in which each message is a function. */
function compiled(words: string | Copy): string {
  if (typeof words === 'string') return compiledMessage(words);
  const entries = Object.entries(words).map(([key, value]) => `${JSON.stringify(key)}:${compiled(value)}`);
  return `{${entries.join(',')}}`;
}

function compiledMessage(message: string): string {
  // Nothing in it to fill in, to choose from or to link to.
  if (!/[{}|@]/.test(message)) return `()=>${JSON.stringify(message)}`;
  return baseCompile(message, {
    mode: 'arrow',
    onError: (error) => {
      throw error;
    },
  }).code;
}
