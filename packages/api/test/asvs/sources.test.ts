import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { factorCopy } from '@twofold/factors/copy';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** What is served, built or run by an operator: no tests and no fakes. */
const sources = ['core', 'factors', 'api', 'web', 'contract']
  .flatMap((name) => filesIn(`packages/${name}`))
  .filter((path) => /\/(src|static)\/.*\.(ts|vue|js|html)$|\/index\.html$/.test(path))
  .filter((path) => !/\.test\.ts$|\/testing\//.test(path));

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (/^(node_modules|dist|test)$/.test(entry.name)) return [];
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

const holding = (pattern: RegExp) => sources.filter((path) => pattern.test(read(path)));

/** The files that a page names in the first column of its tables. */
function listedIn(page: string): string[] {
  const rows = read(page).matchAll(/^\| `(packages\/[^`]+)` +\|/gm);
  return [...new Set([...rows].map(([, path = '']) => path))].sort();
}

describe('the sources, by ASVS', () => {
  it('are found', () => {
    expect(sources.length).toBeGreaterThan(200);
    expect(holding(/createCipheriv/)).toContain('packages/api/src/adapters/keys/aes-cipher.ts');
  });

  it('nothing makes code of text, starts a program, or reads a template that came from outside', () => {
    expect(holding(/\beval\(|new Function\(|node:(vm|child_process|worker_threads)/)).toEqual([
      // MariaDB's own programs, by the commands of an operator: fixed words, and no shell.
      'packages/api/src/cli/backup/mariadb-client.ts',
      // Runs the bundle that lies beside it: the same text as `node` would.
      'packages/api/src/server.ts',
    ]);
  });

  it('no markup is made of text: what is shown as text is set as text', () => {
    const ways = /v-html|innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment/;
    expect(holding(ways)).toEqual([]);
  });

  it('no page listens to other windows, and none leaves this site by itself', () => {
    expect(
      holding(/postMessage|addEventListener\('message'|window\.open|location\.(assign|replace|href ?=)/),
    ).toEqual([]);
    expect(holding(/WebSocket|EventSource|RTCPeerConnection/)).toEqual([]);
  });

  it('the browser stores nothing but the sign-in under way and the link that was opened, in their own tab', () => {
    expect(holding(/localStorage|sessionStorage|indexedDB|document\.cookie|caches\.open/)).toEqual([
      'packages/web/src/links/use-link-token.ts',
      'packages/web/src/sign-in/challenge-memory.ts',
    ]);
    for (const file of ['links/use-link-token.ts', 'sign-in/challenge-memory.ts'])
      expect(read(`packages/web/src/${file}`)).not.toContain('localStorage');
  });

  it('the inventory of cryptography names each file that does any', () => {
    const uses = holding(
      /'node:crypto'|@node-rs\/argon2|'speakeasy'|crypto\.(subtle|getRandomValues)|'uuid'/,
    );
    expect(listedIn('docs/security/cryptography.md')).toEqual(uses.sort());
  });

  it('the inventory of connections names each file that opens one', () => {
    const opens =
      /from '(node:(https?|net|tls|dgram|dns)|mysql2|ioredis|nodemailer|messagebird|fastify|@opentelemetry\/exporter[^']*)'|new HttpLink/;
    const only =
      /import \{ (isIPv?\d?(, )?)+ \} from 'node:net'|import type \{[^}]*\} from '(node:[a-z]+|fastify|mysql2)'/g;
    const uses = sources.filter((path) => opens.test(read(path).replace(only, '')));
    expect(listedIn('docs/security/connections.md')).toEqual(uses.sort());
  });

  it('certificates of others are checked: nothing switches that off', () => {
    expect(holding(/rejectUnauthorized: false|NODE_TLS_REJECT|checkServerIdentity|ALLOW_INVALID/)).toEqual(
      [],
    );
    expect(holding(/rejectUnauthorized: true/)).toContain('packages/api/src/store/engine/mariadb.ts');
  });

  it('no log is written but by the logger, and to standard output', () => {
    expect(holding(/console\.(log|info|warn|error|debug)\(|createWriteStream|appendFile/)).toEqual([
      // The files that an operator asks for: backups and exports.
      'packages/api/src/cli/new-file.ts',
    ]);
    expect(holding(/\bpino\(/)).toEqual(['packages/api/src/main.ts']);
    expect(read('packages/api/src/main.ts')).not.toMatch(/transport|pino\.destination/);
  });

  it('text messages are called less secure where they are offered, and the app is recommended', () => {
    expect(factorCopy.SMS.blurb).toMatch(/less secure/i);
    expect(factorCopy.TOTP.blurb).toMatch(/recommended/i);
    expect(read('packages/web/src/security/ChooseMethod.vue')).toContain('factors.${method}.blurb');
  });

  it('no secret is written into them', () => {
    const shapes =
      /-----BEGIN|AKIA[0-9A-Z]{16}|live_[A-Za-z0-9]{20,}|(password|secret|key) ?[:=] ?'[A-Za-z0-9+/]{24,}/i;
    expect(holding(shapes)).toEqual([]);
    for (const path of ['docker/secrets', 'data']) {
      expect(ignored().some((line) => line !== '' && path.endsWith(line.replace(/\/$/, '')))).toBe(true);
    }
  });

  it('every package that is installed comes from the registry, at one version and with its digest', () => {
    const lock = read('pnpm-lock.yaml');
    const packages = lock.slice(lock.indexOf('\npackages:\n'), lock.indexOf('\nsnapshots:\n'));
    const resolutions = packages.match(/^ {4}resolution: .*$/gm) ?? [];
    expect(resolutions.length).toBeGreaterThan(500);
    expect(packages.match(/^ {2}\S.*:$/gm)).toHaveLength(resolutions.length);
    const known = /^ {4}resolution: \{integrity: sha512-[A-Za-z0-9+/]{86}==\}$/;
    expect(resolutions.filter((line) => !known.test(line))).toEqual([]);
    // What a manifest asks for is a version, and never an address, a branch or a file.
    const versions = lock.slice(0, lock.indexOf('\npackages:\n')).match(/^ +version: .*$/gm) ?? [];
    expect(versions.filter((line) => !/version: '?([\w-]+@)?(\d|link:\.\.\/)/.test(line))).toEqual([]);
  });
});

const ignored = () => ['.gitignore', 'docker/.gitignore'].flatMap((path) => read(path).split('\n'));
