import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

/** What comes out smaller: text, and more of it than fits into one packet. */
const compressible = /\.(js|css|html|svg)$/;
const SMALLEST = 1_024;
/** In bytes. Above it, which the dictionaries of passwords are, the last 5 % would take ten times as long as the rest. */
const LARGE = 250_000;
const QUICK = 9;

const asGzip = promisify(gzip);
const asBrotli = promisify(brotliCompress);

/**
 * Writes each file of the built client once more as `.gz` and `.br`, so that whoever serves them sends the smallest form
 * and never compresses: `packages/api` does, and nginx with `gzip_static`.
 */
export function precompressed(): Plugin {
  return {
    name: 'precompressed',
    apply: 'build',
    async writeBundle({ dir = '' }) {
      const names = await readdir(dir, { recursive: true });
      await Promise.all(
        names.filter((name) => compressible.test(name)).map((name) => compress(join(dir, name))),
      );
    },
  };
}

async function compress(path: string): Promise<void> {
  const content = await readFile(path);
  if (content.length < SMALLEST) return;
  const params = {
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    [constants.BROTLI_PARAM_QUALITY]: content.length > LARGE ? QUICK : constants.BROTLI_MAX_QUALITY,
  };
  const [gz, br] = await Promise.all([asGzip(content, { level: 9 }), asBrotli(content, { params })]);
  await Promise.all([writeFile(`${path}.gz`, gz), writeFile(`${path}.br`, br)]);
}
