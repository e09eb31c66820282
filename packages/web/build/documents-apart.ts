import type { Plugin } from 'vite';
import { sources } from '../sources.js';

const contract = sources['@twofold/contract/graphql'];

/**
 * The typed documents are one generated file, which the first page would carry whole. Here each becomes a module of its
 * own, so that it comes with the page that sends it.
 */
export function documentsApart(): Plugin {
  return {
    name: 'documents-apart',
    apply: 'build',
    // Ahead of what takes the types out: one line of the generated file is one document.
    enforce: 'pre',
    transform: {
      filter: { id: { include: [contract, `${contract}?*`] } },
      handler(code, id) {
        const documents = documentsIn(code);
        const [, wanted] = id.split('?document=');
        if (wanted !== undefined) return `export const ${wanted} = ${documents.get(wanted) ?? ''};`;
        if (documents.size === 0) this.error('No document was recognised in the generated file.');
        const lines = [...documents.keys()].map(
          (name) => `export { ${name} } from ${JSON.stringify(`${contract}?document=${name}`)};`,
        );
        return { code: lines.join('\n'), map: null, moduleSideEffects: false };
      },
    },
  };
}

/** The literal of each document by its name. */
function documentsIn(code: string): ReadonlyMap<string, string> {
  const lines = code.matchAll(/^export const (\w+) = (\{.*\}) as unknown as DocumentNode<.*>;$/gm);
  return new Map([...lines].map(([, name = '', literal = '']) => [name, literal]));
}
