import type { Config } from '../../config.js';
import { placeOf } from '../open-database.js';

/** What an operator may show to anybody: no key, no password, no user name. */
export function settingsOf(config: Config): Readonly<Record<string, string>> {
  const { sms, mail } = config;
  return {
    APP_ENV: config.environment,
    listens: `${config.host}:${String(config.port)}`,
    PUBLIC_URL: config.publicUrl,
    DATABASE_URL: placeOf(config.databaseUrl),
    DATABASE_REPLICA_URLS: listed(config.databaseReplicaUrls.map(placeOf), 'none'),
    ENCRYPTION_KEYS:
      config.encryptionKeys === null
        ? `in ${config.keyFile}`
        : config.encryptionKeys.map(({ id }) => id).join(', '),
    SMS_DRIVER: sms.driver === 'inbox' ? 'inbox' : sms.carriers.map(({ carrier }) => carrier).join(', '),
    SMS_COUNTRIES: listed(config.smsCountries, 'every country'),
    SMTP_URL: mail.driver === 'inbox' ? 'none: mails are kept in memory' : hostOf(mail.url),
    MAIL_FROM: mail.from,
    REDIS_URL: config.redisUrl === null ? 'none: each process counts alone' : hostOf(config.redisUrl),
    TRUSTED_PROXIES: listed(config.trustedProxies, 'none'),
    CORS_ORIGINS: listed(config.corsOrigins, 'none'),
    DEMO_SEED: config.demoSeed ? 'on' : 'off',
    METRICS_PORT: config.metrics === null ? 'none' : `${config.metrics.host}:${String(config.metrics.port)}`,
    OTEL_EXPORTER_OTLP_ENDPOINT:
      config.tracing === null
        ? 'none'
        : `${hostOf(config.tracing.endpoint)}, ${String(config.tracing.share * 100)} % as ${config.tracing.serviceName}`,
    LOG_LEVEL: config.logLevel,
  };
}

function hostOf(url: string): string {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}

const listed = (items: readonly string[], none: string) => (items.length === 0 ? none : items.join(', '));
