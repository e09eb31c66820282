// What `pnpm soak` starts, by tsx: the soak of packages/bench, on a MariaDB of its own where it is to run on one.
import { openDatabase } from '../../packages/api/src/store/data-source.js';
import { startMariaDb } from '../../packages/api/test/databases/mariadb.js';
import { attach, watchForTheEnd } from '../children.mjs';
import { root } from '../places.mjs';
import { searchPath } from '../system-packages.mjs';

const words = process.argv.slice(2);
const soak = (/** @type {Record<string, string>} */ more) =>
  attach(process.execPath, ['packages/bench/dist/soak/main.js', ...words], {
    cwd: root,
    env: { ...process.env, ...more },
  });

watchForTheEnd();
process.env['PATH'] = searchPath;
if (words.includes('sqlite')) process.exitCode = await soak({});
else {
  const server = await startMariaDb();
  try {
    const admin = await openDatabase(`${server.url}/mysql`);
    await admin.sql.run('CREATE DATABASE twofold');
    await admin.close();
    process.exitCode = await soak({ SOAK_MARIADB_URL: `${server.url}/twofold` });
  } finally {
    await server.remove();
  }
}
