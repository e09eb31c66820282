import { print } from 'graphql';
import { expect } from 'vitest';
import type { AnyResult, Scene } from '../harness/scene.js';
import type { Answer } from '../harness/client.js';
import { App } from '../harness/client.js';
import { PASSWORD } from '../harness/password.js';
import { endOf } from './ends.js';
import { newKeys } from './keys.js';
import { lives } from './sessions.js';
import type { Deed } from './perform.js';
import { deedOf } from './perform.js';
import type { Account, Model, Outcome } from './state.js';
import { newAccount } from './state.js';
import type { Request, Step } from './steps.js';
import { ACCOUNTS, isWait, PHONES } from './steps.js';
import { newWatch } from './watch.js';

/** How often each step ended how: `verify used: INVALID_CODE`. */
export type Seen = Map<string, number>;

/** Plays one story on the service and on the model, and compares every answer, every text, and in the end all that can be seen. */
export async function tell(scene: Scene, story: readonly Step[], seen: Seen): Promise<void> {
  const stage = await newStage(scene);
  for (const step of story) await stage.play(step, seen);
  await stage.lookAround();
}

let stories = 0;

async function newStage(scene: Scene) {
  const { clock, outbox } = scene.service;
  const organization = await scene.service.organization();
  const people = await Promise.all(Array.from({ length: ACCOUNTS }, () => organization.user()));
  const story = String(stories++);
  const model: Model = {
    now: clock.now(),
    accounts: [
      ...people.map(({ email }) => newAccount(email, PASSWORD)),
      newAccount(`nobody-${story}@test.example`, null),
    ],
    texts: [],
  };
  const keys = newKeys(Array.from({ length: PHONES }, () => scene.newPhone()));
  const watch = newWatch();
  for (let number = 0; number < PHONES; number++) watch.keepSecret(keys.phone(number));
  const headers = { 'x-forwarded-for': `2001:db8:${Number(story).toString(16)}::1` };

  async function ask({ session, document, input }: Deed): Promise<{ outcome: Outcome; text: string }> {
    const client = scene.service.client();
    client.token = session?.token ?? null;
    const answer = await client.send(print(document), input === null ? {} : { input }, headers);
    return { outcome: outcomeOf(answer), text: answer.text };
  }

  /** What a user keeps: tokens, keys, codes. */
  function learn(account: Account, outcome: Outcome, code: unknown): void {
    const session = account.sessions.at(-1);
    const challenge = account.challenges.at(-1);
    const setUp = account.setUps.at(-1);
    if (outcome.is === 'SignedIn' && session) {
      session.token = String(outcome['sessionToken']);
      if (typeof code === 'string') keys.used.set(account, code);
    }
    if (outcome.is === 'TwoFactorChallenge' && challenge) challenge.token = String(outcome['challengeToken']);
    if (outcome.is === 'AuthenticatorSetup' && setUp) {
      setUp.app = new App(String(outcome['manualKey']), () => clock.now());
    }
    if (outcome.is === 'TwoFactorEnabled' && typeof code === 'string') keys.used.set(account, code);
    if (typeof outcome['recoveryCode'] === 'string' && account.protection) {
      account.protection.recoveryCode = outcome['recoveryCode'];
      keys.shown.set(account, [...(keys.shown.get(account) ?? []), outcome['recoveryCode']]);
    }
  }

  async function perform(step: Request, seen: Seen): Promise<void> {
    const deed = deedOf(model, keys, step);
    const texts = { sent: outbox.texts.length, modelled: model.texts.length };
    const expected = deed.rule();
    const { outcome, text } = await ask(deed);
    const kind = 'code' in step ? ` ${step.code}` : 'password' in step ? ` ${step.password}` : '';
    const what = `${step.do}${kind}: ${outcome.is}`;
    seen.set(what, (seen.get(what) ?? 0) + 1);
    expect(outcome, JSON.stringify(step)).toMatchObject(expected);
    const sent = outbox.texts.slice(texts.sent);
    const modelled = model.texts.slice(texts.modelled);
    expect(sent.map(({ to }) => to)).toEqual(modelled.map(({ to }) => to));
    for (const one of modelled) one.code = outbox.lastCode();
    watch.saw({ deed, outcome, text, now: model.now });
    learn(deed.account, outcome, deed.input?.['code']);
  }

  async function play(step: Step, seen: Seen): Promise<void> {
    if (isWait(step)) {
      model.now = endOf(model, step);
      clock.set(model.now);
    } else await perform(step, seen);
  }

  /** All that can be seen without changing it: sessions, settings, and by a code that is none, challenges and set-ups. */
  async function lookAround(): Promise<void> {
    const unseen: Seen = new Map();
    for (const [who, account] of model.accounts.entries()) {
      for (const [challenge] of account.challenges.entries()) {
        await perform({ do: 'verify', who, challenge, code: 'malformed', method: null }, unseen);
      }
      for (const [session] of account.sessions.entries()) {
        const here = { who, session };
        await perform({ do: 'look', ...here }, unseen);
        if (!lives(account.sessions.at(-1 - session), model.now)) continue;
        await perform({ do: 'enable', ...here, code: 'malformed' }, unseen);
        await perform({ do: 'confirm phone', ...here, slot: 'PRIMARY', code: 'malformed' }, unseen);
        await perform({ do: 'confirm phone', ...here, slot: 'BACKUP', code: 'malformed' }, unseen);
        await perform({ do: 'confirm password', ...here, password: 'right' }, unseen);
        await perform({ do: 'view settings', ...here }, unseen);
      }
    }
  }

  return { play, lookAround };
}

function outcomeOf({ status, data, errors, text }: Answer<Record<string, unknown>>): Outcome {
  if (errors?.[0]) return { is: errors[0].extensions.code };
  if (!data || status !== 200) throw new Error(`Unexpected answer: ${text}`);
  if ('viewer' in data) return { is: 'User', ...(data['viewer'] as object), session: data['session'] };
  const [result] = Object.values(data) as [AnyResult | true];
  if (result === true) return { is: 'SignedOut' };
  const { __typename, code, ...shown } = result;
  return { is: __typename === 'Problem' ? (code ?? '') : __typename, ...shown };
}
