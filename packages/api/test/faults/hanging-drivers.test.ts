import { SendSignInCodeDocument, SignInDocument, StartTwoFactorDocument } from '@twofold/contract/graphql';
import { MINUTE } from '@twofold/core/ports';
import type { CarrierConfig } from '@twofold/factors/server';
import { createSmsSender } from '@twofold/factors/server';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openSqlite } from '../databases/open-test-database.js';
import type { TestService } from '../harness/open-service.js';
import { openService } from '../harness/open-service.js';
import { PASSWORD } from '../harness/password.js';
import type { Scene } from '../harness/scene.js';
import { openScene, resultOf } from '../harness/scene.js';
import type { Carrier } from './dialled-carriers.js';
import { dialInstead, hosts, httpsCarrier, mutePort, neverAnswers, takesIt } from './dialled-carriers.js';

const keys = { accessKey: 'key', signingKey: null };
const messagebird: CarrierConfig = { carrier: 'messagebird', ...keys, originator: 'Demo' };
const bird: CarrierConfig = { carrier: 'bird', ...keys, workspaceId: 'space', channelId: 'channel' };

/** The drivers know no database: one is enough. */
describe('the drivers of the carriers, over HTTPS, where a carrier hangs', () => {
  let scene: Scene;
  const opened: { close(): Promise<void> }[] = [];
  let hangUp: () => void = () => undefined;
  beforeAll(async () => {
    scene = await openScene(openSqlite);
  });
  afterEach(async () => {
    hangUp();
    for (const { close } of opened.splice(0)) await close();
  });
  afterAll(() => scene.close());

  function stand(first: Carrier, second: Carrier): void {
    opened.push(first, second);
    hangUp = dialInstead({ [hosts.messagebird]: first, [hosts.bird]: second });
  }

  async function serviceOver(...carriers: CarrierConfig[]): Promise<TestService> {
    const smsSender = createSmsSender({
      driver: 'carriers',
      carriers,
      publicUrl: 'http://dashboard.example',
      onPassedOver: () => undefined,
    });
    const service = await openService(scene.database, { sharing: scene.service, outside: { smsSender } });
    opened.unshift(service);
    return service;
  }

  async function inTime<T>(work: Promise<T>): Promise<T> {
    const begin = performance.now();
    const answer = await work;
    expect(performance.now() - begin).toBeLessThan(6_000);
    return answer;
  }

  async function signIn(service: TestService, email: string) {
    const input = { email, password: PASSWORD, transport: 'BEARER' } as const;
    const answer = await inTime(service.client().run(SignInDocument, { input }));
    if (answer.signIn.__typename !== 'TwoFactorChallenge') throw new Error(answer.signIn.__typename);
    return answer.signIn;
  }

  /** A socket that was destroyed is seen to be gone by the other side a moment later. */
  const noneIsOpen = (...carriers: Carrier[]) =>
    vi.waitFor(() => expect(carriers.map((carrier) => carrier.connections())).toEqual([0, 0]));

  it('each alone: every operation that texts says in under 6 s that no text went out, and leaves no socket', async () => {
    const carriers = [await httpsCarrier(neverAnswers), await httpsCarrier(neverAnswers)] as const;
    stand(...carriers);
    await Promise.all(
      [messagebird, bird].map(async (driver) => {
        const service = await serviceOver(driver);
        const [first, second] = [await scene.textUser(), await scene.textUser()];
        const { owner } = await scene.plainUser();
        const { challengeToken } = await scene.service.client().challenge(second.email);
        scene.service.clock.advance(MINUTE);
        const program = service.client();
        program.token = owner.token;
        const setUp = { input: { method: 'SMS', phoneNumber: scene.newPhone() } } as const;
        const send = { input: { challengeToken } };
        const [signedIn, sent, started] = await Promise.all([
          signIn(service, first.email),
          inTime(resultOf(service.client(), SendSignInCodeDocument, send)),
          inTime(resultOf(program, StartTwoFactorDocument, setUp)),
        ]);
        expect([signedIn.deliveryProblem?.code, sent.code, started.code]).toEqual(
          Array.from({ length: 3 }, () => 'SMS_NOT_SENT'),
        );
      }),
    );
    // Each request has come, so that it was the answer that was missing.
    expect(carriers.map(({ requests }) => requests.length)).toEqual([3, 3]);
    await noneIsOpen(...carriers);
  });

  it('before it could have seen the text: the next one is asked, and it arrives in under 6 s', async () => {
    const carriers = [await mutePort(), await httpsCarrier(takesIt)] as const;
    stand(...carriers);
    const service = await serviceOver(messagebird, bird);
    const { email } = await scene.textUser();
    scene.service.clock.advance(MINUTE);
    const challenge = await signIn(service, email);
    expect(challenge).toMatchObject({ delivery: { slot: 'PRIMARY' }, deliveryProblem: null });
    expect(carriers[1].requests).toHaveLength(1);
    await noneIsOpen(...carriers);
  });

  it('with the text in its hands: nobody sends a second one, and a new code goes by the other at once', async () => {
    const carriers = [await httpsCarrier(neverAnswers), await httpsCarrier(takesIt)] as const;
    stand(...carriers);
    const service = await serviceOver(messagebird, bird);
    const { email } = await scene.textUser();
    scene.service.clock.advance(MINUTE);
    const { challengeToken, deliveryProblem } = await signIn(service, email);
    expect(deliveryProblem?.code).toBe('SMS_NOT_SENT');
    expect(carriers[1].requests).toHaveLength(0);

    const begin = performance.now();
    const again = await resultOf(service.client(), SendSignInCodeDocument, { input: { challengeToken } });
    expect(performance.now() - begin).toBeLessThan(2_000);
    expect(again.__typename).toBe('CodeDelivery');
    expect(carriers.map(({ requests }) => requests.length)).toEqual([1, 1]);
    await noneIsOpen(...carriers);
  });
});
