import { MINUTE } from '@twofold/core/ports';
import { expect } from 'vitest';
import type { Account, Outcome } from './state.js';
import type { Deed } from './perform.js';

/** What was sent and what came, as it went over the wire. */
export interface Exchange {
  readonly deed: Deed;
  readonly outcome: Outcome;
  /** The whole body. */
  readonly text: string;
  readonly now: number;
}

/**
 * What must hold whatever the model says, judged by answers alone: no code is accepted twice, there is no session without every
 * factor, and no answer holds a secret before the password.
 */
export function newWatch() {
  const isProtected = new Set<Account>();
  const finished = new Set<unknown>();
  const accepted: { account: Account; code: unknown; at: number }[] = [];
  const confirmedAt = new Map<string, number>();
  const secrets = new Set<string>();

  function signedIn({ deed: { account, input }, now }: Exchange): void {
    const { challengeToken, code, recoveryCode } = input ?? {};
    if (challengeToken === undefined) {
      expect(isProtected.has(account), 'a session by the password alone').toBe(false);
      return;
    }
    expect(finished.has(challengeToken), 'a second session of one challenge').toBe(false);
    finished.add(challengeToken);
    if (recoveryCode !== undefined) isProtected.delete(account);
    // After so long an app may by chance show the same digits again.
    const again = accepted.some(
      (one) => one.account === account && one.code === code && now - one.at < 2 * MINUTE,
    );
    if (code !== undefined) expect(again, 'a code was accepted twice').toBe(false);
    accepted.push({ account, code, at: now });
  }

  function noLeak({ deed, outcome, text, now }: Exchange): void {
    if (outcome.is === 'TwoFactorSettings') {
      const since = now - (confirmedAt.get(deed.session?.token ?? '') ?? -Infinity);
      expect(since, 'settings without a confirmed password').toBeLessThan(10 * MINUTE);
    } else if (outcome.is !== 'PhoneChanged') {
      expect(
        [...secrets].filter((secret) => text.includes(secret)),
        'a secret was told',
      ).toEqual([]);
    }
  }

  return {
    /** A number that no answer may hold in full but the settings. */
    keepSecret: (secret: string) => void secrets.add(secret),
    saw(exchange: Exchange): void {
      const { deed, outcome, now } = exchange;
      noLeak(exchange);
      if (outcome.is === 'SignedIn') signedIn(exchange);
      if (outcome.is === 'PasswordConfirmed') confirmedAt.set(deed.session?.token ?? '', now);
      if (outcome.is === 'TwoFactorEnabled') isProtected.add(deed.account);
      if (outcome.is === 'TwoFactorDisabled') isProtected.delete(deed.account);
      for (const told of [outcome['recoveryCode'], outcome['manualKey']]) {
        if (typeof told === 'string') secrets.add(told);
      }
    },
  };
}
