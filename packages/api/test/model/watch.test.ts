import { SignInDocument } from '@twofold/contract/graphql';
import { MINUTE } from '@twofold/core/ports';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Session } from './state.js';
import { newAccount } from './state.js';
import type { Exchange } from './watch.js';
import { newWatch } from './watch.js';

const PHONE = '+4915123456789';

describe('what must hold whatever the model says is found out', () => {
  const account = newAccount('mia@test.example', 'secret');
  let watch: ReturnType<typeof newWatch>;
  beforeEach(() => {
    watch = newWatch();
    watch.keepSecret(PHONE);
  });

  function saw(is: string, input: Record<string, unknown>, more: Partial<Exchange> = {}): void {
    const rule = () => ({ is });
    const deed = { account, session: null, challenge: null, document: SignInDocument, input, rule };
    watch.saw({ deed, outcome: { is }, text: '', now: 0, ...more });
  }

  it('a session by the password alone, where two-factor is on', () => {
    saw('SignedIn', { password: 'secret' });
    saw('TwoFactorEnabled', { code: '123456' });
    expect(() => saw('SignedIn', { password: 'secret' })).toThrow('a session by the password alone');
    saw('TwoFactorDisabled', { password: 'secret' });
    saw('SignedIn', { password: 'secret' });
  });

  it('a second session of one challenge', () => {
    saw('SignedIn', { challengeToken: 'one', code: '123456' });
    expect(() => saw('SignedIn', { challengeToken: 'one', code: '654321' })).toThrow('a second session');
  });

  it('a code that is accepted twice', () => {
    saw('SignedIn', { challengeToken: 'one', code: '123456' });
    expect(() => saw('SignedIn', { challengeToken: 'two', code: '123456' })).toThrow('accepted twice');
    saw('SignedIn', { challengeToken: 'three', code: '123456' }, { now: 2 * MINUTE });
  });

  it('a secret that is told, and settings without a confirmed password', () => {
    expect(() => saw('User', {}, { text: `{"phone":"${PHONE}"}` })).toThrow('a secret was told');
    expect(() => saw('TwoFactorSettings', {})).toThrow('settings without a confirmed password');
    const session = { token: 'mine' } as Session;
    const rule = () => ({ is: '' });
    const deed = { account, session, challenge: null, document: SignInDocument, input: null, rule };
    const settings = (now: number) =>
      watch.saw({ deed, outcome: { is: 'TwoFactorSettings' }, text: PHONE, now });
    watch.saw({ deed, outcome: { is: 'PasswordConfirmed' }, text: '', now: 0 });
    settings(10 * MINUTE - 1);
    expect(() => settings(10 * MINUTE)).toThrow('settings without a confirmed password');
  });
});
