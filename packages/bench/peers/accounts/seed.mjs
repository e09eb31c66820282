import { passwordHasher } from '../../dist/hashing.js';
import { PASSWORD, person } from '../../dist/people.js';
import { base32 } from '../../dist/totp.js';
import { openStore } from './store.mjs';

const store = openStore(process.env.BENCH_DATABASE);
const bcrypt = await passwordHasher(process.env.BENCH_HASHING).hash(PASSWORD);
store.database.exec('BEGIN');
for (let number = 1; number <= Number(process.env.BENCH_USERS); number++) {
  const { id, email, secret } = person(number);
  store.addUser(id, email, { password: { bcrypt }, 'two-factor': { secret: { base32: base32(secret) } } });
}
store.database.exec('COMMIT');
store.database.close();
