import type { CodeDelivery } from '../delivery/prepare-code.js';
import type { Cipher, Instant } from '../ports.js';
import type { Problem } from '../problem.js';
import type { FactorKind, FactorRegistry, Slot } from '../two-factor/second-factor.js';
import type { TwoFactor } from '../two-factor/two-factor.js';
import { factorPlace } from '../two-factor/two-factor.js';
import { mayBeTrusted, TRUSTED_DAYS } from '../trusted-browsers/trusted-browser.js';
import type { User } from '../users/user.js';
import type { Challenge } from './challenge.js';

/** A challenge as the one who signs in sees it. */
export interface ChallengeOffer {
  readonly outcome: 'CHALLENGE';
  readonly challengeToken: string;
  readonly method: FactorKind;
  readonly methods: readonly FactorKind[];
  readonly expiresAt: Instant;
  readonly delivery: CodeDelivery | null;
  /** Why no code went out although one was due. */
  readonly deliveryProblem: Problem | null;
  readonly phones: readonly { readonly slot: Slot; readonly maskedNumber: string }[];
  /** For how long the browser may be trusted by it; null where it may not. */
  readonly trustBrowserDays: number | null;
}

export function offerOf(
  deps: { readonly cipher: Cipher; readonly factors: FactorRegistry },
  user: User,
  {
    challenge,
    token: challengeToken,
    twoFactor,
  }: { readonly challenge: Challenge; readonly token: string; readonly twoFactor: TwoFactor },
): ChallengeOffer {
  const kinds = new Set([twoFactor.method, ...twoFactor.factors.map(({ kind }) => kind)]);
  const phones = twoFactor.factors
    .toSorted((a, b) => Number(a.slot === 'BACKUP') - Number(b.slot === 'BACKUP'))
    .flatMap(({ id, kind, slot, sealed }) => {
      const factor = deps.factors.of(kind);
      if (factor.shape !== 'deliver') return [];
      return [{ slot, maskedNumber: factor.mask(deps.cipher.open(sealed, factorPlace(id))) }];
    });
  return {
    outcome: 'CHALLENGE',
    challengeToken,
    method: twoFactor.method,
    methods: [...kinds],
    expiresAt: challenge.expiresAt,
    delivery: null,
    deliveryProblem: null,
    phones,
    trustBrowserDays: mayBeTrusted(user, challenge) ? TRUSTED_DAYS : null,
  };
}
