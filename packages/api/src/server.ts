import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

/**
 * What `npm start` starts: the server in one file (rolldown.config.js), with what V8 made of it at an earlier start, which
 * halves the time to the first answer (docs/adr/0021-one-file.md).
 */
const file = fileURLToPath(new URL('./server-main.cjs', import.meta.url));
const cacheFile = `${file}.cache`;
/** By then all that a start needs has been compiled, and who waited for it is served. */
const KEEP_AFTER = 5_000;
const STAMP_BYTES = 64;

// V8 itself compares no more than the length of the code.
const { ctimeMs, size } = statSync(file);
const stamp = Buffer.from(`${String(ctimeMs)} ${String(size)}`.padEnd(STAMP_BYTES));
const cachedData = kept();
// It is written in ASCII, which V8 keeps in half the memory.
const script = new Script(readFileSync(file, 'latin1'), {
  filename: file,
  ...(cachedData && { cachedData }),
});
run(script);
if (cachedData === null || script.cachedDataRejected === true) setTimeout(keep, KEEP_AFTER).unref();

/** As Node runs a CommonJS module. What is loaded later asks for this one again, by its path. */
function run(compiled: Script): void {
  const module = new Module(file);
  module.filename = file;
  const load = createRequire(file);
  load.cache[file] = module;
  const start = compiled.runInThisContext() as (...given: unknown[]) => void;
  start(module.exports, load, module, file, dirname(file));
}

function kept(): Buffer | null {
  try {
    const bytes = readFileSync(cacheFile);
    return bytes.subarray(0, STAMP_BYTES).equals(stamp) ? bytes.subarray(STAMP_BYTES) : null;
  } catch {
    return null;
  }
}

/** Whoever starts at the same time finds the old file or the new one, never a half. */
function keep(): void {
  const unfinished = `${cacheFile}.${String(process.pid)}`;
  try {
    writeFileSync(unfinished, Buffer.concat([stamp, script.createCachedData()]), { flush: true });
    renameSync(unfinished, cacheFile);
  } catch {
    // Where nothing can be written, each start compiles anew.
  }
}
