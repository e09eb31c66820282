import { DAY, MINUTE, SECOND } from '@twofold/core/ports';
import { endOf } from './sessions.js';
import type { Failures, Model } from './state.js';

/** Every moment still to come at which something in the model runs out, the nearest first. */
export function endsToCome(model: Model): number[] {
  const moments = [
    ...model.accounts.flatMap(({ failed, sessions, challenges, setUps, wrongSetUpCodes }) => [
      ...Object.values(failed).flatMap(({ lockedUntil, quietSince }: Failures) => [lockedUntil, quietSince + DAY]),
      ...sessions.flatMap((session) => [
        ...(session.ended ? [] : [endOf(session)]),
        session.confirmedUntil,
        session.phoneFreeUntil,
        session.signedInAt + 10 * MINUTE,
      ]),
      ...challenges.flatMap(({ ended, expiresAt }) => (ended ? [] : [expiresAt])),
      ...setUps.map(({ expiresAt }) => expiresAt),
      ...wrongSetUpCodes.map((at) => at + DAY),
    ]),
    ...model.texts.flatMap(({ sentAt, expiresAt }) => [expiresAt, sentAt + 30 * SECOND]),
  ];
  return [...new Set(moments)].filter((at) => at > model.now).sort((a, b) => a - b);
}
