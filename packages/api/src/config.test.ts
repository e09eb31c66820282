import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.js';
import type { Environment } from './environment.js';

const root = '/srv/twofold';
const key = (id: string, byte: number) => `${id}:${Buffer.alloc(32, byte).toString('base64')}`;

const production: Environment = {
  APP_ENV: 'production',
  DATABASE_URL: 'mariadb://twofold:s3cret@db.internal:3306/twofold',
  PUBLIC_URL: 'https://dashboard.example',
  ENCRYPTION_KEYS: key('2026-11', 7),
  SMS_DRIVER: 'messagebird',
  MESSAGEBIRD_ACCESS_KEY: 'live_topsecret',
  SMS_ORIGINATOR: 'Dashboard',
  SMTP_URL: 'smtps://mailer:hunter2@mail.example:465',
  MAIL_FROM: 'Dashboard <no-reply@dashboard.example>',
};

const messagebird = {
  carrier: 'messagebird',
  accessKey: 'live_topsecret',
  signingKey: null,
  originator: 'Dashboard',
};

const birdVariables = {
  BIRD_ACCESS_KEY: 'bird_topsecret',
  BIRD_WORKSPACE_ID: 'a1405560-c8d3-4b1a-877d-3f449ad95352',
  BIRD_CHANNEL_ID: '0F1C4E38-7D2B-4B7C-9D52-6A54B7F0F1AA',
};

const bird = {
  carrier: 'bird',
  accessKey: birdVariables.BIRD_ACCESS_KEY,
  signingKey: null,
  workspaceId: birdVariables.BIRD_WORKSPACE_ID,
  channelId: birdVariables.BIRD_CHANNEL_ID,
};

function faultsOf(environment: Environment): readonly string[] {
  try {
    readConfig(environment, root);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe('an empty environment', () => {
  test('gives the defaults of the contract', () => {
    expect(readConfig({}, root)).toEqual({
      environment: 'development',
      host: '127.0.0.1',
      port: 4000,
      databaseUrl: 'sqlite:/srv/twofold/data/twofold.sqlite',
      databaseReplicaUrls: [],
      demoSeed: true,
      publicUrl: 'http://localhost:4000',
      encryptionKeys: null,
      keyFile: '/srv/twofold/data/encryption.keys',
      sms: { driver: 'inbox' },
      mail: { driver: 'inbox', from: 'Twofold <no-reply@localhost>' },
      smsCountries: [],
      corsOrigins: [],
      trustedProxies: [],
      redisUrl: null,
      metrics: null,
      tracing: null,
      logLevel: 'info',
    });
  });

  test('variables that are set to nothing count as not set, as compose files pass them', () => {
    const all = { ...production, ...birdVariables };
    const blank = Object.fromEntries(Object.keys(all).map((name) => [name, ' ']));
    expect(readConfig(blank, root)).toEqual(readConfig({}, root));
  });
});

describe('the database', () => {
  test.each([
    ['sqlite:data/a.sqlite', 'sqlite:/srv/twofold/data/a.sqlite'],
    ['sqlite:./a.sqlite', 'sqlite:/srv/twofold/a.sqlite'],
    ['sqlite:/var/lib/a.sqlite', 'sqlite:/var/lib/a.sqlite'],
    ['sqlite:///var/lib/a.sqlite', 'sqlite:/var/lib/a.sqlite'],
    ['mysql://u:p@h:3307/app', 'mysql://u:p@h:3307/app'],
    ['mariadb://u:p@a:3307,b,[::1]:3308/app', 'mariadb://u:p@a:3307,b,[::1]:3308/app'],
  ])('%s is read as %s', (given, expected) => {
    expect(readConfig({ DATABASE_URL: given }, root).databaseUrl).toBe(expected);
  });

  test('its file has the keys beside it', () => {
    expect(readConfig({ DATABASE_URL: 'sqlite:/var/lib/t/a.sqlite' }, root).keyFile).toBe(
      '/var/lib/t/encryption.keys',
    );
    expect(readConfig({ DATABASE_URL: 'mysql://u:p@h/app' }, root).keyFile).toBe(
      '/srv/twofold/data/encryption.keys',
    );
  });

  test.each([
    'sqlite:',
    'sqlite::memory:',
    'sqlite://host/a.sqlite',
    'postgres://h/app',
    'mysql://h',
    'mysql:///app',
    'mysql://a,/app',
    'mysql://a,b',
    'app.sqlite',
  ])('%s is refused', (url) => {
    expect(faultsOf({ DATABASE_URL: url })).toEqual([expect.stringMatching(/^DATABASE_URL must be sqlite:/)]);
  });
});

describe('replicas', () => {
  const cluster = { DATABASE_URL: 'mariadb://u:p@h/app' };

  test('are listed, each with a host and a database', () => {
    const given = { ...cluster, DATABASE_REPLICA_URLS: 'mariadb://r:p@a/app, mariadb://r:p@b:3307/app' };
    expect(readConfig(given, root).databaseReplicaUrls).toEqual([
      'mariadb://r:p@a/app',
      'mariadb://r:p@b:3307/app',
    ]);
  });

  test.each(['mariadb://a', 'a,b', 'sqlite:a.sqlite'])('%s is refused', (urls) => {
    expect(faultsOf({ ...cluster, DATABASE_REPLICA_URLS: urls })).toEqual([
      expect.stringMatching(/^DATABASE_REPLICA_URLS must list mysql:/),
    ]);
  });

  test.each([{}, { DATABASE_URL: 'sqlite:a.sqlite' }])('SQLite has none', (database) => {
    const faults = faultsOf({ ...database, DATABASE_REPLICA_URLS: 'mariadb://r:p@a/app' });
    expect(faults).toEqual(['DATABASE_REPLICA_URLS needs a server: DATABASE_URL names SQLite.']);
  });
});

describe('the carriers of texts', () => {
  test.each([
    ['messagebird', [messagebird]],
    ['bird', [bird]],
    ['bird,messagebird', [bird, messagebird]],
    ['messagebird, bird', [messagebird, bird]],
  ])('%s are asked in that order', (drivers, carriers) => {
    const config = readConfig({ ...production, ...birdVariables, SMS_DRIVER: drivers }, root);
    expect(config.sms).toEqual({ driver: 'carriers', carriers });
  });

  test('variables of a carrier that is not named may stay, for the day when it is', () => {
    expect(readConfig({ ...birdVariables, SMS_DRIVER: 'inbox' }, root).sms).toEqual({ driver: 'inbox' });
  });

  test.each(['inbox,bird', 'bird,inbox', 'inbox,inbox', 'bird,bird', 'bird,twilio', ',', 'toString'])(
    '%s is a fault',
    (drivers) => {
      expect(faultsOf({ ...birdVariables, SMS_DRIVER: drivers })).toEqual([
        'SMS_DRIVER must be inbox, or list carriers, each once, separated by commas: messagebird, bird.',
      ]);
    },
  );

  test('their signing keys are read where they are set', () => {
    const keys = { MESSAGEBIRD_SIGNING_KEY: 'sixteen-letters!', BIRD_SIGNING_KEY: 'x'.repeat(64) };
    const config = readConfig(
      { ...production, ...birdVariables, ...keys, SMS_DRIVER: 'bird,messagebird' },
      root,
    );
    const signed = [
      { ...bird, signingKey: keys.BIRD_SIGNING_KEY },
      { ...messagebird, signingKey: keys.MESSAGEBIRD_SIGNING_KEY },
    ];
    expect(config.sms).toEqual({ driver: 'carriers', carriers: signed });
  });

  test.each(['MESSAGEBIRD_SIGNING_KEY', 'BIRD_SIGNING_KEY'])(
    'threat: a %s that is guessed from one report it signed',
    (name) => {
      for (const key of ['fifteen-letters', 'sixteen with room', 'sixteen-lettèrs!'])
        expect(faultsOf({ [name]: key })).toEqual([
          `${name} must hold neither white space nor letters outside ASCII, and be 16 characters long at the least.`,
        ]);
      expect(readConfig({ [name]: 'sixteen-letters!' }, root).sms).toEqual({ driver: 'inbox' });
    },
  );

  test('each lacks its own variables', () => {
    expect(faultsOf({ SMS_DRIVER: 'bird,messagebird' })).toEqual([
      'BIRD_ACCESS_KEY is missing: SMS_DRIVER names bird.',
      'BIRD_WORKSPACE_ID is missing: SMS_DRIVER names bird.',
      'BIRD_CHANNEL_ID is missing: SMS_DRIVER names bird.',
      'MESSAGEBIRD_ACCESS_KEY is missing: SMS_DRIVER names messagebird.',
      'SMS_ORIGINATOR is missing: SMS_DRIVER names messagebird.',
    ]);
    expect(faultsOf({ SMS_DRIVER: 'bird', ...birdVariables, BIRD_CHANNEL_ID: '' })).toEqual([
      'BIRD_CHANNEL_ID is missing: SMS_DRIVER names bird.',
    ]);
  });
});

describe('single values', () => {
  test('all that can be set is read', () => {
    const config = readConfig(
      {
        ...production,
        HOST: '::1',
        PORT: '8080',
        SMS_COUNTRIES: 'DE, AT',
        CORS_ORIGINS: 'https://a.example, http://localhost:5173',
        TRUSTED_PROXIES: '10.0.0.0/8,::1 loopback',
        REDIS_URL: 'redis://127.0.0.1:6379/1',
        METRICS_HOST: '::1',
        METRICS_PORT: '9464',
        OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example:4318/twofold',
        OTEL_SERVICE_NAME: 'dashboard-2fa',
        OTEL_TRACES_SAMPLER_ARG: '0.25',
        LOG_LEVEL: 'warn',
      },
      root,
    );
    expect(config).toMatchObject({
      environment: 'production',
      host: '::1',
      port: 8080,
      databaseUrl: production.DATABASE_URL,
      demoSeed: false,
      publicUrl: 'https://dashboard.example',
      sms: { driver: 'carriers', carriers: [messagebird] },
      mail: {
        driver: 'smtp',
        url: 'smtps://mailer:hunter2@mail.example:465',
        from: 'Dashboard <no-reply@dashboard.example>',
      },
      smsCountries: ['DE', 'AT'],
      corsOrigins: ['https://a.example', 'http://localhost:5173'],
      trustedProxies: ['10.0.0.0/8', '::1', 'loopback'],
      redisUrl: 'redis://127.0.0.1:6379/1',
      metrics: { host: '::1', port: 9464 },
      tracing: {
        endpoint: 'https://collector.example:4318/twofold',
        serviceName: 'dashboard-2fa',
        share: 0.25,
      },
      logLevel: 'warn',
    });
    expect(config.encryptionKeys).toEqual([{ id: '2026-11', key: Buffer.alloc(32, 7) }]);
  });

  test('several keys keep their order, newest first', () => {
    const config = readConfig({ ENCRYPTION_KEYS: `${key('b', 2)},${key('a', 1)}` }, root);
    expect(config.encryptionKeys?.map(({ id }) => id)).toEqual(['b', 'a']);
  });

  test('links follow the port', () => {
    expect(readConfig({ PORT: '8081' }, root).publicUrl).toBe('http://localhost:8081');
  });

  test('the demo can be left out in development', () => {
    expect(readConfig({ DEMO_SEED: 'off' }, root).demoSeed).toBe(false);
  });

  test('a slash at the end of PUBLIC_URL is dropped, so that links are joined one way', () => {
    expect(readConfig({ PUBLIC_URL: 'https://a.example/' }, root).publicUrl).toBe('https://a.example');
  });

  test.each([
    ['APP_ENV', 'staging'],
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '80a'],
    ['HOST', 'a b'],
    ['SMS_DRIVER', 'twilio'],
    ['DEMO_SEED', 'yes'],
    ['PUBLIC_URL', 'dashboard.example'],
    ['PUBLIC_URL', 'ftp://dashboard.example'],
    ['PUBLIC_URL', 'https://dashboard.example/app'],
    ['PUBLIC_URL', 'https://user:pass@dashboard.example'],
    ['ENCRYPTION_KEYS', 'a:c2hvcnQ='],
    ['ENCRYPTION_KEYS', 'nonsense'],
    ['SMS_COUNTRIES', 'DE, Austria'],
    ['SMS_COUNTRIES', 'de'],
    ['CORS_ORIGINS', '*'],
    ['CORS_ORIGINS', 'https://a.example,null'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', 'proxy.internal'],
    ['SMTP_URL', 'https://mail.example'],
    ['MAIL_FROM', 'nobody'],
    ['MAIL_FROM', 'a@b.example\r\nBcc: x@y.example'],
    ['MESSAGEBIRD_ACCESS_KEY', 'two words'],
    ['MESSAGEBIRD_ACCESS_KEY', 'schlüssel'],
    ['BIRD_ACCESS_KEY', 'two\nlines'],
    ['BIRD_WORKSPACE_ID', 'ws_2bX9z'],
    ['BIRD_CHANNEL_ID', '../../0f1c4e38-7d2b-4b7c-9d52-6a54b7f0f1aa'],
    ['SMS_ORIGINATOR', 'Far too long a name'],
    ['REDIS_URL', 'http://127.0.0.1'],
    ['METRICS_PORT', '0'],
    ['METRICS_HOST', 'a b'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OTEL_SERVICE_NAME', 'two words'],
    ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
    ['LOG_LEVEL', 'loud'],
  ])('%s=%j is a fault of that variable alone', (name, value) => {
    const filler = name === 'SMTP_URL' ? { MAIL_FROM: 'a@b.example' } : {};
    const faults = faultsOf({ ...filler, [name]: value });
    expect(faults).toEqual([expect.stringMatching(new RegExp(`^${name} .*[\\w>]\\.$`))]);
  });
});

describe('faults', () => {
  test('are all listed at once', () => {
    const faults = faultsOf({ PORT: 'x', APP_ENV: 'y', LOG_LEVEL: 'z', SMS_DRIVER: 'messagebird' });
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'APP_ENV',
      'PORT',
      'LOG_LEVEL',
      'MESSAGEBIRD_ACCESS_KEY',
      'SMS_ORIGINATOR',
    ]);
  });

  test('a mail server without a sender is one', () => {
    expect(faultsOf({ SMTP_URL: 'smtp://127.0.0.1:1025' })).toEqual([
      'MAIL_FROM is missing: SMTP_URL is set.',
    ]);
  });

  test('name no value, since any may be a secret', () => {
    const secret = 'sup3r s3cret\u0000value';
    const all = { ...production, ...birdVariables };
    const environment = Object.fromEntries(Object.keys(all).map((name) => [name, secret]));
    const faults = faultsOf({ ...environment, SMS_SECRET: secret }).join('\n');
    expect(faults).toContain('ENCRYPTION_KEYS');
    expect(faults).not.toMatch(/s3cret/);
  });

  test('stand one a line in the message', () => {
    expect(() => readConfig({ PORT: 'x', APP_ENV: 'y' }, root)).toThrow(
      /^The configuration has faults:\n {2}- APP_ENV .*\n {2}- PORT .*$/,
    );
  });
});

describe('production', () => {
  test('starts where everything it needs is there', () => {
    expect(faultsOf(production)).toEqual([]);
  });

  test('refuses what is good for development only, all at once', () => {
    expect(faultsOf({ APP_ENV: 'production', DEMO_SEED: 'on' })).toEqual([
      'DEMO_SEED must be off in production.',
      expect.stringMatching(/^SMS_DRIVER /),
      expect.stringMatching(/^SMTP_URL /),
      expect.stringMatching(/^ENCRYPTION_KEYS /),
      expect.stringMatching(/^PUBLIC_URL /),
    ]);
  });

  test('takes two carriers', () => {
    expect(faultsOf({ ...production, ...birdVariables, SMS_DRIVER: 'bird,messagebird' })).toEqual([]);
  });

  test('refuses the inbox by name', () => {
    expect(faultsOf({ ...production, SMS_DRIVER: 'inbox' })).toEqual([expect.stringMatching(/^SMS_DRIVER /)]);
  });

  test('refuses the inbox among carriers', () => {
    const faults = faultsOf({ ...production, ...birdVariables, SMS_DRIVER: 'bird,inbox' });
    expect(faults).toEqual([expect.stringMatching(/^SMS_DRIVER must be inbox, or list carriers/)]);
  });

  test('refuses a key that a development server made for itself', () => {
    const keys = [key('2026-11', 7), key('dev-0a1b2c3d', 8)].join(',');
    expect(faultsOf({ ...production, ENCRYPTION_KEYS: keys })).toEqual([
      'ENCRYPTION_KEYS has a key that was made for development.',
    ]);
    expect(faultsOf({ ENCRYPTION_KEYS: keys })).toEqual([]);
  });

  test.each(['http://dashboard.example', 'http://127.evil.example', 'http://10.0.0.5'])(
    'refuses %s: the session cookie would travel in clear',
    (url) => {
      expect(faultsOf({ ...production, PUBLIC_URL: url })).toEqual([
        expect.stringMatching(/^PUBLIC_URL must be https/),
      ]);
    },
  );

  test.each(['http://localhost:8080', 'http://127.0.0.1:8080', 'http://[::1]:8080'])(
    'takes %s, to try a build out on one machine',
    (url) => {
      expect(readConfig({ ...production, PUBLIC_URL: url }, root).publicUrl).toBe(url);
    },
  );
});

describe('misspelt names', () => {
  test.each([
    ['DATABASE_URI', 'DATABASE_URL'],
    ['ENCRYPTION_KEY', 'ENCRYPTION_KEYS'],
    ['ENCRYPTION_KEY_FILE', 'ENCRYPTION_KEYS_FILE'],
    ['TRUSTED_PROXY', null],
    ['TRUSTED_PROXYS', 'TRUSTED_PROXIES'],
    ['APP_ENVS', 'APP_ENV'],
    ['public_url', 'PUBLIC_URL'],
    ['SMS_PROVIDER', ''],
    ['MESSAGEBIRD_TOKEN', ''],
    ['BIRD_TOKEN', ''],
    ['BIRD_WORKSPACE', ''],
    ['BIRD_ACCES_KEY', 'BIRD_ACCESS_KEY'],
  ])('%s', (name, meant) => {
    const expected =
      meant === null
        ? []
        : [`${name} is not a variable of Twofold.${meant === '' ? '' : ` Is ${meant} meant?`}`];
    expect(faultsOf({ [name]: 'x' })).toEqual(expected);
  });

  test('what belongs to others passes', () => {
    const foreign = [
      'PATH',
      'HOME',
      'HOSTNAME',
      'POST',
      'HOSTS',
      'MAIL',
      'MAILCHECK',
      'NODE_ENV',
      'REDIS_HOST',
    ];
    expect(faultsOf(Object.fromEntries(foreign.map((name) => [name, 'x'])))).toEqual([]);
  });
});

describe('NAME_FILE', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'twofold-config-'));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });
  const write = (name: string, content: string) => {
    const path = join(directory, name);
    writeFileSync(path, content);
    return path;
  };

  test('gives the value of NAME, without the newline that editors add', () => {
    const { ENCRYPTION_KEYS, DATABASE_URL, ...rest } = production;
    const config = readConfig(
      {
        ...rest,
        ENCRYPTION_KEYS_FILE: write('keys', `${ENCRYPTION_KEYS}\n`),
        DATABASE_URL_FILE: write('url', `${DATABASE_URL}\n`),
      },
      root,
    );
    expect(config.databaseUrl).toBe(DATABASE_URL);
    expect(config.encryptionKeys).toHaveLength(1);
  });

  test('together with NAME is a fault: which one counts?', () => {
    expect(faultsOf({ PORT: '4000', PORT_FILE: write('port', '4001') })).toEqual([
      'PORT and PORT_FILE are both set: keep one.',
    ]);
  });

  test('that is empty or cannot be read is one fault, also in production', () => {
    const { ENCRYPTION_KEYS: _, SMTP_URL: __, ...rest } = production;
    expect(
      faultsOf({
        ...rest,
        ENCRYPTION_KEYS_FILE: join(directory, 'nowhere'),
        SMTP_URL_FILE: write('smtp', '\n'),
      }),
    ).toEqual([
      'ENCRYPTION_KEYS_FILE names a file that cannot be read.',
      'SMTP_URL_FILE names an empty file.',
    ]);
  });
});
