import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../../.cache/long/', import.meta.url));

/**
 * Leaves a section of docs/security/long-run.md, which `pnpm test:long` puts together.
 *
 * @param name sorts the sections: `kills-sqlite`
 * @param markdown beginning with a heading of the second level; every figure in it was measured in this run
 */
export function reportSection(name: string, markdown: string): void {
  const path = `${folder}${name}.md`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${markdown.trim()}\n`);
}
