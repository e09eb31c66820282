import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import type { Service } from './compose.js';
import { compose } from './compose.js';
import type { Config } from './config.js';
import { ConfigError, readConfig } from './config.js';
import { DEMO_PASSWORD, namedPeople } from './demo/people.js';
import { addressOf } from './http/server.js';

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

  await service.app.listen({ host: config.host, port: config.port, listenTextResolver: () => '' });
  const { seeded } = await service.prepare(starting.signal);
  greet(config, addressOf(service.app), seeded);
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

function greet(config: Config, address: string, seeded: boolean): void {
  const url = config.environment === 'production' ? config.publicUrl : address;
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
  if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
  else if (!(error instanceof Error && error.name === 'AbortError')) {
    process.stderr.write(
      `Twofold could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
  }
  process.exit(error instanceof Error && error.name === 'AbortError' ? 0 : 1);
});
