import { required } from '../environment.js';
import { passwordHasher } from '../../hashing.js';
import { now, serve } from '../serve.js';
import type { Floor } from './floor.js';
import { keysOf } from './keys.js';
import { floorServer } from './listen.js';
import { sealLog } from './seal-log.js';
import { statementsOf } from './statements.js';

const floor: Floor = {
  sql: statementsOf(required('BENCH_DATABASE')),
  keys: keysOf(required('BENCH_KEY')),
  hasher: passwordHasher(required('BENCH_HASHING') === 'in' ? 'in' : 'out'),
  now,
  addresses: new Map(),
};
setInterval(() => sealLog(floor), 2_000).unref();
serve(floorServer(floor));
