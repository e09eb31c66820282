import { Ajv } from 'ajv';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from './places.mjs';

const read = (/** @type {string} */ path) => readFileSync(join(root, path), 'utf8');
const compose = (/** @type {string} */ name) => parse(read(`docker/${name}`), { merge: true });
/** @param {any} file @returns {[string, any][]} */
const servicesOf = (file) => Object.entries(file.services);

const whole = ['compose.yaml', 'compose.cluster.yaml'];
const files = [...whole, 'compose.mysql.yaml'];

/** The schema of the Compose specification, as the linter dclint carries it. */
const isCompose = (() => {
  const folder = dirname(createRequire(import.meta.url).resolve('dclint/package.json'));
  const schema = JSON.parse(readFileSync(join(folder, 'schemas/compose.schema.json'), 'utf8'));
  // It names draft 07 by an address that Ajv does not know it by.
  delete schema.$schema;
  return new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
})();

describe.each(files)('%s', (name) => {
  const file = compose(name);

  test('is what the Compose specification knows', () => {
    isCompose(file);
    expect(isCompose.errors ?? []).toEqual([]);
  });

  test('a misspelt key, or one in the wrong place, would be found', () => {
    const [service = ''] = Object.keys(file.services);
    for (const wrong of [
      { ...file, service: {} },
      { ...file, services: { ...file.services, [service]: { ...file.services[service], readonly: true } } },
      { ...file, services: { ...file.services, [service]: { depends_on: { x: { condition: 'healthy' } } } } },
    ])
      expect(isCompose(wrong)).toBe(false);
  });

  test('every secret that is asked for is there, handed over, and made by make-secrets.sh', () => {
    const made = [...read('docker/make-secrets.sh').matchAll(/^make (\w+) /gm)].map(([, secret]) => secret);
    for (const [secret, { file: path }] of Object.entries(file.secrets)) {
      expect(path).toBe(`secrets/${secret}`);
      expect(made).toContain(secret);
    }
    for (const [service, { secrets = [], environment = {}, command = [] }] of servicesOf(file)) {
      expect(Object.keys(file.secrets), service).toEqual(expect.arrayContaining(secrets));
      const asked = JSON.stringify([environment, command]).matchAll(/\/run\/secrets\/(\w+)/g);
      // An override adds to the secrets of the file that it is laid over.
      const given = name === 'compose.mysql.yaml' ? made : secrets;
      for (const [, secret] of asked) expect(given, `${service} is given ${secret}`).toContain(secret);
    }
  });

  test('every file that is mounted or built from is there', () => {
    for (const [service, { volumes = [], build }] of servicesOf(file)) {
      for (const volume of volumes.filter((/** @type {string} */ one) => one.startsWith('.')))
        expect(existsSync(join(root, 'docker', volume.split(':')[0])), `${service}: ${volume}`).toBe(true);
      if (build)
        expect(existsSync(join(root, 'docker', build.context, build.dockerfile)), service).toBe(true);
    }
  });
});

describe.each(whole)('every service of %s', (name) => {
  const services = servicesOf(compose(name));

  test('has nothing that it does not need: no capability, no writable file system, no further privilege', () => {
    for (const [service, settings] of services) {
      expect(settings, service).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      });
      expect(settings.cap_add ?? settings.privileged ?? settings.network_mode, service).toBeUndefined();
      // Our own images say it themselves.
      if (!settings.build) expect(settings.user, service).toMatch(/^(?!root|0\b)\w/);
    }
  });

  test('has bounds, comes back by itself, and fills no disk with its log', () => {
    for (const [service, settings] of services) {
      expect(settings.mem_limit, service).toMatch(/^\d+[mg]$/);
      expect(settings.pids_limit, service).toBeGreaterThan(0);
      expect(settings.restart, service).toBe(settings.profiles ? 'no' : 'unless-stopped');
      expect(settings.logging.options, service).toEqual({ 'max-size': '10m', 'max-file': '3' });
    }
  });

  test('can be asked whether it is well, by compose or by its image', () => {
    const byImage = (/** @type {any} */ { build, image, profiles }) =>
      profiles !== undefined ||
      image.startsWith('axllent/mailpit') ||
      (build !== undefined && /^HEALTHCHECK /m.test(read(build.dockerfile)));
    for (const [service, settings] of services)
      expect(settings.healthcheck !== undefined || byImage(settings), service).toBe(true);
  });

  test('is reached from this machine alone, and the database and Redis from no other network', () => {
    for (const [service, { ports = [], networks }] of services) {
      for (const port of ports) expect(port, service).toMatch(/^127\.0\.0\.1:/);
      if (/^(database|redis)/.test(service)) expect(networks, service).toEqual(['inside']);
    }
  });
});

test('the cluster has the same nodes and processes wherever they are listed', () => {
  const { services } = compose('compose.cluster.yaml');
  const named = (/** @type {RegExp} */ like) => Object.keys(services).filter((name) => like.test(name));
  const nodes = named(/^database-/);
  expect(nodes).toHaveLength(3);
  for (const node of nodes) {
    expect(services[node].hostname).toBe(node);
    expect(services[node].environment.GALERA_NODES.split(' ')).toEqual(nodes);
    expect(services[node].volumes).toContain(`${node}:/var/lib/mysql`);
  }
  expect(read('docker/galera/cluster.cnf')).toContain(`gcomm://${nodes.join(',')}\n`);
  expect(read('docker/make-secrets.sh')).toContain(
    `@${nodes.map((node) => `${node}:3306`).join(',')}/twofold`,
  );
  const balanced = [...read('docker/haproxy.cfg').matchAll(/^ +server (\S+) (\S+):4000$/gm)];
  expect(balanced.map(([, name]) => name)).toEqual(named(/^api-/));
  expect(balanced.map(([, , host]) => host)).toEqual(named(/^api-/));
});

describe.each(['api.Dockerfile', 'web.Dockerfile'])('%s', (name) => {
  const stages = read(`docker/${name}`)
    .split(/^FROM /m)
    .slice(1);
  const last = stages.at(-1) ?? '';

  test('runs as a numbered user that is not root, without a shell or npm in between', () => {
    const users = read(`docker/${name}`).match(/^USER .*$/gm) ?? [];
    expect(users.at(-1)).toMatch(/^USER [1-9]\d*:[1-9]\d*$/);
    expect(last).toMatch(/^(CMD|ENTRYPOINT) \["(node|nginx)", /m);
    expect(last).toMatch(/^HEALTHCHECK .* CMD \["(node|wget)", /m);
  });

  test('is built from files that .dockerignore lets through', () => {
    const letIn = read('.dockerignore').match(/^!.*$/gm) ?? [];
    const copied = [...read(`docker/${name}`).matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, from]) =>
      (from ?? '').split(' '),
    );
    expect(copied.length).toBeGreaterThan(3);
    for (const path of copied) {
      expect(letIn).toContain(`!${path}`);
      expect(existsSync(join(root, path)), path).toBe(true);
    }
  });
});

test('the image of the API has each of our packages that it imports, compiled', () => {
  const needed = new Set(['api']);
  for (const name of needed) {
    const { dependencies = {} } = JSON.parse(read(`packages/${name}/package.json`));
    for (const dependency of Object.keys(dependencies))
      if (dependency.startsWith('@twofold/')) needed.add(dependency.slice('@twofold/'.length));
  }
  const dockerfile = read('docker/api.Dockerfile');
  const copied = [
    ...dockerfile.matchAll(
      /^COPY --from=build \/app\/packages\/(\w+)\/(?:dist|index\.cjs) packages\/\1\/(?:dist|index\.cjs)$/gm,
    ),
  ];
  expect(copied.map(([, name]) => name).sort()).toEqual([...needed].sort());
});
