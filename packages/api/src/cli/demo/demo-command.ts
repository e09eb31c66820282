import { createFactors } from '@twofold/factors/server';
import { Command, InvalidArgumentError } from 'commander';
import { createAesCipher } from '../../adapters/keys/aes-cipher.js';
import { createArgon2Hasher } from '../../adapters/passwords/argon2-hasher.js';
import { createHmacDigest } from '../../adapters/keys/hmac-digest.js';
import { checkKeyRing } from '../../adapters/keys/key-ring-check.js';
import { nodeRandom } from '../../adapters/node-random.js';
import { systemClock } from '../../adapters/system-clock.js';
import { readConfig } from '../../config.js';
import { DEMO_PASSWORD } from '../../demo/people.js';
import { seedCrowd } from '../../demo/seed-crowd.js';
import { createStores } from '../../store/stores.js';
import type { Call, Document } from '../act.js';
import { act } from '../act.js';
import { untilInterrupted } from '../interrupt.js';
import type { OpenKeys } from '../keys/open-keys.js';
import { withKeys } from '../keys/open-keys.js';
import type { Shell } from '../shell.js';
import { CommandRefused } from '../shell.js';

interface Options {
  readonly users: number;
}

/** `demo …`: something to look at, and to measure by. */
export function demoCommand({ environment, root, terminal }: Shell): Command {
  const demo = new Command('demo').description('made-up people, never in production');
  act<Options>(
    demo
      .command('seed')
      .description(
        'add an organisation with many users in every state; a run that is ended keeps what it made',
      )
      .requiredOption('--users <number>', 'how many: 10 to 100,000', howMany),
    terminal,
    ['demo seed --users 1000'],
    (call) => {
      const config = readConfig(environment, root);
      if (config.environment === 'production') throw new CommandRefused('There is no demo in production.');
      return withKeys(config, (keys) => seed(keys, call));
    },
  );
  return demo;
}

async function seed(keys: OpenKeys, { options, terminal }: Call<Options>): Promise<Document> {
  const { database, ring } = keys;
  // Under a wrong key, nobody could open what is sealed here.
  await checkKeyRing(ring, keys);
  const common = { clock: systemClock, random: nodeRandom };
  const crowd = await untilInterrupted((signal) =>
    seedCrowd(
      {
        ...common,
        sql: database.sql,
        transaction: database.transaction,
        twoFactors: createStores(database, { ...common, origin: () => null }).twoFactors,
        cipher: createAesCipher(ring),
        digest: createHmacDigest(ring),
        hasher: createArgon2Hasher(),
        factors: createFactors({
          random: nodeRandom,
          smsCountries: [],
          publicHost: 'localhost',
          smsSender: { send: () => Promise.reject(new Error('Nothing is texted here.')) },
          onSmsFailure: () => undefined,
        }),
      },
      options.users,
      { signal, onProgress: (made) => terminal.note(`${String(made)} of ${String(options.users)}`) },
    ),
  );
  terminal.print(
    `${crowd.organization.name} has ${String(crowd.users)} users. Its owner: ${crowd.owner}, password ${DEMO_PASSWORD}`,
  );
  return { ...crowd, password: DEMO_PASSWORD };
}

function howMany(text: string): number {
  const users = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (users < 10 || users > 100_000) throw new InvalidArgumentError('It is a number from 10 to 100,000.');
  return users;
}
