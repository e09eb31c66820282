import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { KeyRingRefused } from './adapters/keys/key-ring-check.js';
import type { Service } from './compose.js';
import { compose } from './compose.js';
import type { Config } from './config.js';
import { ConfigError, readConfig } from './config.js';
import { serveMetrics } from './metrics/serve-metrics.js';
import { DEMO_PASSWORD, namedPeople } from './demo/people.js';

/** How long requests under way may take to finish once a stop is asked for. */
const GRACE_MS = 10_000;

async function main(): Promise<void> {
  const config = readConfig(process.env, fileURLToPath(new URL('../../../', import.meta.url)));
  const logger = pino({
    level: config.logLevel,
    redact: ['req.headers.authorization', 'req.headers.cookie', '*.password', '*.code', '*.token'],
  });
  const service = await compose(config, logger);
  const starting = new AbortController();
  stopOnSignals(service, starting);

  // Nobody finds an empty house: it listens once all is in place, or once it can say on /readyz what it waits for.
  let prepared = Promise.resolve({ seeded: false });
  await new Promise<void>((resolve, reject) => {
    prepared = service.prepare({ signal: starting.signal, onUnavailable: resolve });
    prepared.then(() => resolve(), reject);
  });
  await service.app.listen({ host: config.host, port: config.port });
  if (config.metrics && service.instruments) await serveMetrics(config.metrics, service.instruments.registry);
  const { seeded } = await prepared;
  greet(config, seeded);
}

function stopOnSignals(service: Service, starting: AbortController): void {
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    starting.abort();
    setTimeout(() => process.exit(1), GRACE_MS).unref();
    service.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function greet(config: Config, seeded: boolean): void {
  const url = config.publicUrl;
  const lines = [`Twofold is ready at ${url}`];
  if (config.environment === 'development') {
    lines.push(
      `  Texts and mails   ${url}/dev/inbox`,
      `  Apollo Sandbox    ${url}/graphql`,
      `  GraphiQL          ${url}/explorer`,
    );
  }
  if (config.demoSeed) {
    lines.push(seeded ? '  Demo accounts (just made):' : '  Demo accounts:');
    lines.push(
      ...namedPeople.map(({ name, email, role }) => `    ${email.padEnd(22)} ${role.padEnd(7)} ${name}`),
    );
    lines.push(`  Their password    ${DEMO_PASSWORD}`);
  }
  process.stdout.write(`\n${lines.join('\n')}\n\n`);
}

main().catch((error: unknown) => {
  const stopped = error instanceof Error && error.name === 'AbortError';
  if (!stopped) process.stderr.write(`${explain(error)}\n`);
  process.exit(stopped ? 0 : 1);
});

/** What an operator can act on, without a stack where the cause is theirs. */
function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof KeyRingRefused) return error.message;
  if (!(error instanceof Error)) return `Twofold could not start: ${String(error)}`;
  const { code, port } = error as { code?: string; port?: number };
  if (code === 'EADDRINUSE')
    return `Port ${String(port)} is taken. End what listens there, or set PORT to another.`;
  return `Twofold could not start: ${error.stack ?? error.message}`;
}
