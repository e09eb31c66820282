import type { Outside } from '@twofold/api/compose';
import { compose } from '@twofold/api/compose';
import { readConfig } from '@twofold/api/config';
import { pino } from 'pino';
import { passwordHasher } from '../../hashing.js';
import { required } from '../environment.js';
import { answerTheBench, now, port, tell } from '../serve.js';

/**
 * The product as `npm start` builds it, with what the environment says, and with two things in the place of the world
 * outside: a clock that the bench moves, since a code of an app is good once, and, where hashing is to be left out, a
 * hash that costs nothing. With hashing it keeps its own.
 */
const config = readConfig(process.env, process.cwd());
const outside: Outside = {
  clock: { now },
  ...(required('BENCH_HASHING') === 'out' && { hasher: passwordHasher('out') }),
};
const service = await compose(config, pino({ level: config.logLevel }), outside);
await service.prepare();
answerTheBench();
const address = await service.app.listen({ host: '127.0.0.1', port });
tell({ kind: 'listening', port: Number(new URL(address).port) });
