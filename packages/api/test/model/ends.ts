import { DAY, MINUTE, SECOND } from '@twofold/core/ports';
import { endOf as endOfSession } from './sessions.js';
import type { Failures, Model } from './state.js';
import type { Wait } from './steps.js';

/** The moment until which a story waits. It never goes back. */
export function endOf(model: Model, wait: Wait): number {
  const { now } = model;
  if (wait.do === 'wait') return now + wait.ms;
  const ends = wait.do === 'sit out' ? endsOfLocks(model, wait) : endsToCome(model);
  const end = ends[wait.do === 'sit out' ? 0 : wait.which % ends.length] ?? now;
  return Math.max(now, wait.justBefore ? end - 1 : end);
}

function endsOfLocks({ accounts }: Model, { who, what }: Extract<Wait, { do: 'sit out' }>): number[] {
  const all = Object.values<Failures>(accounts[who]?.failed ?? {});
  const ends = all.map(({ lockedUntil, quietSince }) => (what === 'locks' ? lockedUntil : quietSince + DAY));
  return [Math.max(...ends)];
}

/** Every moment still to come at which something in the model runs out, the nearest first. */
function endsToCome(model: Model): number[] {
  const moments = [
    ...model.accounts.flatMap(({ failed, sessions, challenges, setUps, wrongSetUpCodes }) => [
      ...Object.values(failed).flatMap(({ lockedUntil, quietSince }: Failures) => [
        lockedUntil,
        quietSince + DAY,
      ]),
      ...sessions.flatMap((session) => [
        ...(session.ended ? [] : [endOfSession(session)]),
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
