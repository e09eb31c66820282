import { isCountry } from '@twofold/factors/server';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { parseKeys } from './adapters/keys/key-file.js';
import {
  hasScheme,
  isDatabaseUrl,
  isHeaderToken,
  isLoopback,
  isNetwork,
  isOrigin,
  isPort,
  isServerUrl,
  isUuid,
} from './config-formats.js';
import { carriersIn, driversFault, isDrivers, neededBy, readSms, type SmsSettings } from './config-sms.js';
import { type Environment, readVariables } from './environment.js';
import type { TracingSettings } from './tracing/tracing.js';

/** What the server runs by, complete and checked. The table of variables is in docs/guides/operate.md. */
export interface Config {
  readonly environment: 'development' | 'production';
  readonly host: string;
  readonly port: number;
  /** `sqlite:` with an absolute path, `mysql://…` or `mariadb://…`. Holds a password: not for the log. */
  readonly databaseUrl: string;
  /** Servers that follow that one, for reads that may be seconds old. They hold passwords too. */
  readonly databaseReplicaUrls: readonly string[];
  readonly demoSeed: boolean;
  /** An origin, without a slash at its end: the only source of links and of the host in texts. */
  readonly publicUrl: string;
  /** Newest first. Null in development where none are given: then they live in `keyFile`. */
  readonly encryptionKeys: ReturnType<typeof parseKeys> | null;
  readonly keyFile: string;
  readonly sms: SmsSettings;
  readonly mail:
    | { readonly driver: 'inbox'; readonly from: string }
    | { readonly driver: 'smtp'; readonly url: string; readonly from: string };
  /** ISO 3166-1 alpha-2: the countries whose numbers are texted; none: all. */
  readonly smsCountries: readonly string[];
  /** Foreign origins whose pages may call the API with credentials. */
  readonly corsOrigins: readonly string[];
  /** Addresses, networks or the names `loopback`, `linklocal`, `uniquelocal`, whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  readonly redisUrl: string | null;
  /** Where /metrics listens; null: nowhere. */
  readonly metrics: { readonly host: string; readonly port: number } | null;
  readonly tracing: TracingSettings | null;
  readonly logLevel: (typeof logLevels)[number];
}

/** The environment cannot be run by. `faults` has one English sentence a fault, none with a value in it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly faults: readonly string[]) {
    super(['The configuration has faults:', ...faults.map((fault) => `  - ${fault}`)].join('\n'));
  }
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const keyFault = 'must hold neither white space nor letters outside ASCII';
/** One could be guessed from a single report: its signature can be tried without asking anybody. */
const isSigningKey = (value: string) => isHeaderToken(value) && value.length >= 16;
const signingKeyFault = `${keyFault}, and be 16 characters long at the least`;

const variables = z.object({
  APP_ENV: choice(['development', 'production']).default('development'),
  HOST: text((value) => /^[\w.:-]+$/.test(value), 'must be a host name or an address').default('127.0.0.1'),
  PORT: text(isPort, 'must be a number from 1 to 65535').transform(Number).default(4000),
  DATABASE_URL: text(
    isDatabaseUrl,
    'must be sqlite:PATH, or mysql:// or mariadb:// with a host and a database',
  ).default('sqlite:data/twofold.sqlite'),
  DATABASE_REPLICA_URLS: list(
    isServerUrl,
    'must list mysql:// or mariadb:// addresses with a host and a database, separated by commas',
  ),
  DEMO_SEED: choice(['on', 'off']).optional(),
  PUBLIC_URL: text(isOrigin, 'must be http:// or https:// and a host, without a path')
    .transform((value) => new URL(value).origin)
    .optional(),
  ENCRYPTION_KEYS: z.string().transform(keys).optional(),
  SMS_DRIVER: text(isDrivers, driversFault).default('inbox'),
  // GSM 03.38: 11 letters and digits at most, or a number of up to 15 digits.
  SMS_ORIGINATOR: text(
    (value) => /^(\+?\d{3,15}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11})$/.test(value),
    'must be a phone number, or up to 11 letters and digits',
  ).optional(),
  MESSAGEBIRD_ACCESS_KEY: text(isHeaderToken, keyFault).optional(),
  MESSAGEBIRD_SIGNING_KEY: text(isSigningKey, signingKeyFault).optional(),
  BIRD_ACCESS_KEY: text(isHeaderToken, keyFault).optional(),
  BIRD_SIGNING_KEY: text(isSigningKey, signingKeyFault).optional(),
  BIRD_WORKSPACE_ID: text(isUuid, 'must be a UUID').optional(),
  BIRD_CHANNEL_ID: text(isUuid, 'must be a UUID').optional(),
  SMS_COUNTRIES: list(
    isCountry,
    'must list countries such as DE, AT (ISO 3166-1 alpha-2), separated by commas',
  ),
  SMTP_URL: text(
    (value) => hasScheme(value, ['smtp:', 'smtps:']),
    'must be smtp:// or smtps:// and a host',
  ).optional(),
  MAIL_FROM: text(
    (value) => /^([^<>@\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/.test(value),
    'must be an email address, or a name and <address>',
  ).optional(),
  CORS_ORIGINS: list(isOrigin, 'must list origins such as https://dashboard.example, separated by commas'),
  TRUSTED_PROXIES: list(isNetwork, 'must list addresses or networks such as 10.0.0.0/8, separated by commas'),
  REDIS_URL: text(
    (value) => hasScheme(value, ['redis:', 'rediss:']),
    'must be redis:// or rediss:// and a host',
  ).optional(),
  METRICS_HOST: text((value) => /^[\w.:-]+$/.test(value), 'must be a host name or an address').default(
    '127.0.0.1',
  ),
  METRICS_PORT: text(isPort, 'must be a number from 1 to 65535').transform(Number).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: text(
    (value) => hasScheme(value, ['http:', 'https:']),
    'must be http:// or https:// and a host',
  ).optional(),
  OTEL_SERVICE_NAME: text(
    (value) => /^[\w.-]{1,64}$/.test(value),
    'must be a short name of letters, digits, dots and dashes',
  ).default('twofold'),
  OTEL_TRACES_SAMPLER_ARG: text(
    (value) => /^(0(\.\d+)?|1(\.0+)?)$/.test(value),
    'must be a share from 0 to 1',
  )
    .transform(Number)
    .default(1),
  LOG_LEVEL: choice(logLevels).default('info'),
});

type VariableName = keyof typeof variables.shape;
const names = Object.keys(variables.shape) as VariableName[];

/**
 * Reads the configuration from the environment; relative paths of SQLite count from `root`, the repository's root.
 *
 * @throws {ConfigError} with every fault that was found, not only the first.
 */
export function readConfig(environment: Environment, root: string): Config {
  const read = readVariables(environment, names);
  const parsed = variables.safeParse(read.values);
  const faults = [
    ...read.faults,
    ...(parsed.error?.issues.map((issue) => `${String(issue.path[0])} ${issue.message}.`) ?? []),
    ...missing(read.values, environment),
    ...contradictions(read.values),
    ...(read.values.APP_ENV === 'production' ? refusedInProduction(read.values, environment) : []),
  ];
  if (faults.length > 0 || !parsed.success) throw new ConfigError(faults);
  return toConfig(parsed.data, root);
}

type Values = Partial<Record<VariableName, string>>;

/** A variable whose file cannot be read has a fault already: it is not missing as well. */
const isAbsent = (name: VariableName, values: Values, environment: Environment) =>
  values[name] === undefined && !environment[name]?.trim() && !environment[`${name}_FILE`]?.trim();

function missing(values: Values, environment: Environment): string[] {
  const needs = (reason: boolean, name: VariableName, because: string) =>
    reason && isAbsent(name, values, environment) ? [`${name} is missing: ${because}.`] : [];
  return [
    ...carriersIn(values.SMS_DRIVER ?? '').flatMap((carrier) =>
      neededBy[carrier].flatMap((name) => needs(true, name, `SMS_DRIVER names ${carrier}`)),
    ),
    ...needs(values.SMTP_URL !== undefined, 'MAIL_FROM', 'SMTP_URL is set'),
  ];
}

function contradictions(values: Values): string[] {
  const sqlite = (values.DATABASE_URL ?? 'sqlite:').startsWith('sqlite:');
  return sqlite && values.DATABASE_REPLICA_URLS !== undefined
    ? ['DATABASE_REPLICA_URLS needs a server: DATABASE_URL names SQLite.']
    : [];
}

function refusedInProduction(values: Values, environment: Environment): string[] {
  const faults: string[] = [];
  const absent = (name: VariableName) => isAbsent(name, values, environment);
  if (values.DEMO_SEED === 'on') faults.push('DEMO_SEED must be off in production.');
  if (values.SMS_DRIVER === 'inbox' || absent('SMS_DRIVER'))
    faults.push('SMS_DRIVER must name a real carrier in production: inbox delivers nothing.');
  if (absent('SMTP_URL')) faults.push('SMTP_URL is required in production.');
  if (absent('ENCRYPTION_KEYS'))
    faults.push('ENCRYPTION_KEYS is required in production: id:base64,… with the newest first.');
  // key-file.ts names the keys that it makes so.
  if (/(^|,)\s*dev-/.test(values.ENCRYPTION_KEYS ?? ''))
    faults.push('ENCRYPTION_KEYS has a key that was made for development.');
  if (absent('PUBLIC_URL')) faults.push('PUBLIC_URL is required in production.');
  const url = values.PUBLIC_URL;
  if (url !== undefined && isOrigin(url) && !url.startsWith('https:') && !isLoopback(new URL(url).hostname))
    faults.push('PUBLIC_URL must be https:// in production, except on a loopback host.');
  return faults;
}

function toConfig(values: z.output<typeof variables>, root: string): Config {
  const sqlite = /^sqlite:(.*)$/.exec(values.DATABASE_URL)?.[1];
  const databaseFile = sqlite === undefined ? null : resolve(root, sqlite);
  const from = values.MAIL_FROM ?? 'Twofold <no-reply@localhost>';
  return {
    environment: values.APP_ENV,
    host: values.HOST,
    port: values.PORT,
    databaseUrl: databaseFile === null ? values.DATABASE_URL : `sqlite:${databaseFile}`,
    databaseReplicaUrls: values.DATABASE_REPLICA_URLS,
    demoSeed: (values.DEMO_SEED ?? (values.APP_ENV === 'development' ? 'on' : 'off')) === 'on',
    publicUrl: values.PUBLIC_URL ?? `http://localhost:${values.PORT}`,
    encryptionKeys: values.ENCRYPTION_KEYS ?? null,
    keyFile: resolve(
      databaseFile === null ? resolve(root, 'data') : dirname(databaseFile),
      'encryption.keys',
    ),
    sms: readSms(values.SMS_DRIVER, values),
    mail:
      values.SMTP_URL === undefined
        ? { driver: 'inbox', from }
        : { driver: 'smtp', url: values.SMTP_URL, from },
    smsCountries: values.SMS_COUNTRIES,
    corsOrigins: values.CORS_ORIGINS.map((origin) => new URL(origin).origin),
    trustedProxies: values.TRUSTED_PROXIES,
    redisUrl: values.REDIS_URL ?? null,
    metrics:
      values.METRICS_PORT === undefined ? null : { host: values.METRICS_HOST, port: values.METRICS_PORT },
    tracing:
      values.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
        ? null
        : {
            endpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT,
            serviceName: values.OTEL_SERVICE_NAME,
            share: values.OTEL_TRACES_SAMPLER_ARG,
          },
    logLevel: values.LOG_LEVEL,
  };
}

function text(isValid: (value: string) => boolean, fault: string) {
  return z.string().refine(isValid, fault);
}

function choice<const Option extends string>(options: readonly Option[]) {
  return z.enum(options, `must be one of: ${options.join(', ')}`);
}

function list(isValid: (value: string) => boolean, fault: string) {
  return z
    .string()
    .default('')
    .transform((value) => value.split(/[\s,]+/).filter((item) => item !== ''))
    .refine((items) => items.every(isValid), fault);
}

function keys(value: string, context: z.RefinementCtx) {
  try {
    return parseKeys(value);
  } catch (error) {
    context.addIssue(
      `is not usable: ${error instanceof Error ? error.message.replace(/\.$/, '') : 'unknown fault'}`,
    );
    return z.NEVER;
  }
}
