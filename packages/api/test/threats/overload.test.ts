import { ConfirmPasswordDocument, SignInDocument, ViewerDocument } from '@twofold/contract/graphql';
import type { Hasher } from '@twofold/core/ports';
import { fakeHasher } from '@twofold/core/testing/fake-hasher';
import { print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBoundedQueue } from '../../src/adapters/passwords/bounded-queue.js';
import { databases } from '../databases/open-test-database.js';
import type { Answer } from '../harness/client.js';
import { PASSWORD } from '../harness/password.js';
import type { Scene } from '../harness/scene.js';
import { atOnce, openScene } from '../harness/scene.js';
import { dumpTables } from './tables.js';

const AT_ONCE = 2;
const WAITING = 6;
const TEN_TIMES = 10 * (AT_ONCE + WAITING);

/** Hashes that can be held up, in the queue that real ones wait in. */
function heldHasher() {
  const queue = createBoundedQueue(AT_ONCE, WAITING);
  const fake = fakeHasher();
  let letGo = (): void => undefined;
  let held = Promise.resolve();
  let begun = 0;
  let asked = 0;
  const hasher: Hasher = {
    withPlace: queue.withPlace,
    hash: fake.hash,
    verify(password, hash) {
      asked += 1;
      return queue.inTurn(async () => {
        begun += 1;
        await held;
        return fake.verify(password, hash);
      });
    },
  };
  const hold = () => {
    held = new Promise((resolve) => (letGo = resolve));
    begun = asked = 0;
  };
  return {
    hasher,
    hold,
    letGo: () => letGo(),
    begun: () => begun,
    asked: () => asked,
    waiting: queue.waiting,
  };
}

/** By turns as a known operation and as one that Apollo answers. */
const forms = [print(SignInDocument), `${print(SignInDocument)}\n# not known`];

describe.each(databases)('threat: ten times as many sign-ins as can be hashed, on $name', ({ open }) => {
  let scene: Scene;
  const held = heldHasher();
  beforeAll(async () => {
    scene = await openScene(open, { outside: { hasher: held.hasher } });
  });
  afterAll(async () => {
    held.letGo();
    await scene.close();
  });

  it('what is over the queue is refused at once and leaves no trace; reads go on; what waits is served', async () => {
    const { email, owner } = await scene.plainUser();
    const input = { email, password: PASSWORD, transport: 'BEARER' } as const;
    const { sql } = scene.database.database;
    // Lines from before are sealed meanwhile; that there are no more of them is what counts.
    const rows = async () => [
      await dumpTables(sql, ['audit_events', 'audit_chain']),
      (await sql.all('SELECT id FROM audit_events')).length,
    ];
    const before = await rows();
    held.hold();
    const refused: Answer<unknown>[] = [];
    let sent: Promise<Answer<unknown>>[] = [];
    await new Promise<void>((enough) => {
      sent = Array.from({ length: TEN_TIMES }, async (_, index) => {
        const answer = await scene.service.client().send(forms[index % forms.length] ?? '', { input });
        if (answer.errors && refused.push(answer) === TEN_TIMES - AT_ONCE - WAITING) enough();
        return answer;
      });
    });

    // Nobody was let go yet: none of these waited for a hash, and memory holds no more than the queue.
    expect([held.begun(), held.waiting()]).toEqual([AT_ONCE, WAITING]);
    for (const { status, headers, errors, text } of refused) {
      expect(status).toBe(200);
      expect(headers.get('retry-after')).toBe('1');
      expect(errors).toMatchObject([{ extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
      expect(text).not.toMatch(/hash|queue|busy/i);
    }
    expect(await rows()).toEqual(before);
    // Nothing was read for those who were turned away.
    expect(held.asked()).toBe(AT_ONCE + WAITING);
    const confirming = await owner.send(print(ConfirmPasswordDocument), { input: { password: PASSWORD } });
    expect(confirming.errors).toMatchObject([{ extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
    expect(held.asked()).toBe(AT_ONCE + WAITING);
    const reads = await atOnce(50, () => owner.run(ViewerDocument));
    expect(reads.map(({ viewer }) => viewer?.email)).toEqual(Array(50).fill(email));

    held.letGo();
    const served = (await Promise.all(sent)).filter(({ errors }) => !errors);
    expect(served).toHaveLength(AT_ONCE + WAITING);
    for (const { headers, text } of served) {
      expect(text).toContain('"SignedIn"');
      expect(headers.get('retry-after')).toBeNull();
    }
    // More than ten were refused: none of them counts as a wrong password, for the email or for the address.
    const { signIn } = await scene.service.client().run(SignInDocument, { input });
    expect(signIn.__typename).toBe('SignedIn');
  });
});
