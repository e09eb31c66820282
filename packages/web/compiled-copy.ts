import { fileURLToPath } from 'node:url';
import { baseCompile } from '@intlify/message-compiler';
import type { Plugin } from 'vite';
import { runnerImport } from 'vite';

const copy = fileURLToPath(new URL('src/copy/en.ts', import.meta.url));

/**
 * In the built client the messages come compiled to functions, so that it need not carry the compiler, which the first page
 * would wait for. It goes together with `__INTLIFY_DROP_MESSAGE_COMPILER__`.
 */
export function compiledCopy(): Plugin {
  return {
    name: 'compiled-copy',
    apply: 'build',
    async load(id) {
      if (id !== copy) return null;
      const { module, dependencies } = await runnerImport<{ en: Copy }>(copy);
      for (const file of dependencies) this.addWatchFile(file);
      return `export const en = ${compiled(module.en)};`;
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
