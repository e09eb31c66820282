import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from './places.mjs';

const read = (/** @type {string} */ path) => readFileSync(join(root, path), 'utf8');

/** Those of `z.object({ … })` in config.ts, a line each. */
const variables = [...read('packages/api/src/config.ts').matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(
  ([, name]) => name,
);

test("the operator's guide and the README have a line for each variable, and no other", () => {
  expect(variables).toContain('DATABASE_URL');
  for (const path of ['docs/guides/operate.md', 'README.md']) {
    const rows =
      read(path)
        .match(/^\| variable .*\n(?:\|.*\n)+/m)?.[0]
        .split('\n') ?? [];
    const named = rows.flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name),
    );
    expect(named.sort(), path).toEqual([...variables].sort());
  }
});

test.each(['compose.yaml', 'compose.mysql.yaml', 'compose.cluster.yaml'])(
  '%s sets only variables that the API knows: another one would end the start',
  (name) => {
    const { services } = parse(read(`docker/${name}`), { merge: true });
    const ours = Object.keys(services).filter((service) => /^(api|operator)/.test(service));
    expect(ours).toContain('operator');
    for (const service of ours) {
      const set = Object.keys(services[service].environment);
      expect(set.length).toBeGreaterThan(0);
      const unknown = set.map((one) => one.replace(/_FILE$/, '')).filter((one) => !variables.includes(one));
      expect(unknown, service).toEqual([]);
    }
  },
);

test("nginx sends the policy that the API's own pages have", () => {
  const source = read('packages/api/src/http/security-headers.ts');
  const directives = [...source.matchAll(/^ {2}(\w+): \[(.*)\],$/gm)].map(([, name = '', values = '']) => {
    const kebab = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return `${kebab} ${values
      .replace(/"/g, '')
      .replace(/'data:'/, 'data:')
      .replaceAll(', ', ' ')}`;
  });
  expect(directives.length).toBeGreaterThan(5);
  const sent = /Content-Security-Policy "(.*)"/.exec(read('docker/security-headers.conf'))?.[1]?.split(';');
  expect(sent).toEqual(directives);
});

test('every link from one document to a file of ours leads somewhere', () => {
  const broken = documents('.').flatMap((path) =>
    [...read(path).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
      .map(([, link = '']) => link)
      .filter((link) => !existsSync(join(root, dirname(path), link)))
      .map((link) => `${path}: ${link}`),
  );
  expect(broken).toEqual([]);
});

/** @param {string} folder @returns {string[]} */
function documents(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return /^(node_modules|dist|\.git|\.cache)$/.test(entry.name) ? [] : documents(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}
