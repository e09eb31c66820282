import { setTimeout as sleep } from 'node:timers/promises';
import { SendSignInCodeDocument, SignInDocument, StartTwoFactorDocument } from '@twofold/contract/graphql';
import { MINUTE } from '@twofold/core/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import type { TestService } from '../harness/open-service.js';
import { openService } from '../harness/open-service.js';
import { PASSWORD } from '../harness/password.js';
import type { Scene } from '../harness/scene.js';
import { openScene, resultOf } from '../harness/scene.js';

describe.each(databases)('a carrier that hangs for 30 s, on $name', ({ open }) => {
  let scene: Scene;
  let hanging: TestService;
  const gone = new AbortController();
  beforeAll(async () => {
    scene = await openScene(open);
    // It heeds no deadline, as a driver with a fault would not.
    const smsSender = { send: () => sleep(30_000, null, { signal: gone.signal }) };
    hanging = await openService(scene.database, { sharing: scene.service, outside: { smsSender } });
  });
  afterAll(async () => {
    gone.abort();
    await hanging.close();
    await scene.close();
  });

  /** The answer, and whether it came in time. */
  async function inTime<T>(work: Promise<T>): Promise<T> {
    const begin = performance.now();
    const answer = await work;
    expect(performance.now() - begin).toBeLessThan(6_000);
    return answer;
  }

  it('every operation that texts is answered in under 6 s, and nothing else waits', async () => {
    const [first, second] = [await scene.textUser(), await scene.textUser()];
    const { owner } = await scene.plainUser();
    const { challengeToken } = await scene.service.client().challenge(second.email);
    scene.service.clock.advance(MINUTE);
    const phone = { method: 'SMS', phoneNumber: scene.newPhone() } as const;
    const program = hanging.client();
    program.token = owner.token;
    const signIn = { email: first.email, password: PASSWORD, transport: 'BEARER' } as const;
    const texting = Promise.all([
      inTime(hanging.client().run(SignInDocument, { input: signIn })),
      inTime(resultOf(hanging.client(), SendSignInCodeDocument, { input: { challengeToken } })),
      inTime(resultOf(program, StartTwoFactorDocument, { input: phone })),
    ]);
    const begin = performance.now();
    expect((await hanging.client().send('{ viewer { id } }')).status).toBe(200);
    expect(performance.now() - begin).toBeLessThan(2_000);

    const [signedIn, sent, started] = await texting;
    expect(signedIn.signIn).toMatchObject({
      __typename: 'TwoFactorChallenge',
      delivery: null,
      deliveryProblem: { code: 'SMS_NOT_SENT' },
    });
    expect(sent).toMatchObject({ code: 'SMS_NOT_SENT' });
    expect(started).toMatchObject({ code: 'SMS_NOT_SENT' });
  });
});
