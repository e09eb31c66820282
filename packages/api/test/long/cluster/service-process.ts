import { fileURLToPath } from 'node:url';
import { fakeHasher } from '@twofold/core/testing/fake-hasher';
import { pino } from 'pino';
import { compose } from '../../../src/compose.js';
import { readConfig } from '../../../src/config.js';

/** What the process is told, and what it tells. */
export type Told = { readonly ahead: number } | { readonly stop: true };
export type Tells =
  | { readonly text: { readonly to: string; readonly text: string } }
  | { readonly ahead: number }
  | { readonly ready: true };

/** The service as a process of its own, with a clock that is put forward, passwords that cost nothing, and texts that go to
 *  whoever started it. */
const config = readConfig(process.env, fileURLToPath(new URL('../../../../../', import.meta.url)));
const tell = (message: Tells) => void process.send?.(message);
let ahead = 0;

const service = await compose(config, pino({ level: config.logLevel }, pino.destination(2)), {
  clock: { now: () => Date.now() + ahead },
  hasher: fakeHasher(),
  smsSender: {
    send({ to, text }) {
      tell({ text: { to, text } });
      return Promise.resolve(null);
    },
  },
});
await service.prepare();
await service.app.listen({ host: config.host, port: config.port });

process.on('message', (told: Told) => {
  if ('ahead' in told) {
    ahead = told.ahead;
    tell({ ahead });
  } else void service.close().then(() => process.exit(0));
});
// Whoever started it is gone.
process.on('disconnect', () => process.exit(1));
tell({ ready: true });
