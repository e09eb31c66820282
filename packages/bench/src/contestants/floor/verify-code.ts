import { timingSafeEqual } from 'node:crypto';
import { codeOf, fromBase32, stepAt } from '../../totp.js';
import { problem, signedInAnswer } from './answers.js';
import type { Floor, Origin } from './floor.js';
import { attemptsOf, hashOfToken, record } from './floor.js';
import { openSession } from './open-session.js';
import type { ChallengeRow, FactorRow } from './rows.js';
import { transaction } from './statements.js';

export interface VerifyCodeInput {
  readonly challengeToken: string;
  readonly code: string;
}

const DAY = 86_400_000;

/** The second step, with a code of an app. */
export function verifyCode(floor: Floor, origin: Origin, { challengeToken, code }: VerifyCodeInput): object {
  const tokenHash = hashOfToken(challengeToken);
  const find = () => floor.sql.challenge.get(tokenHash, floor.now()) as ChallengeRow | undefined;
  const challenge = find();
  if (challenge === undefined) return problem('CHALLENGE_EXPIRED');

  return transaction(floor.sql, () => {
    const end = (outcome: string, sessionId: string | null = null) => {
      const { user_id: userId, organization_id: organizationId, method } = challenge;
      const line = { action: 'VERIFY_TWO_FACTOR_CODE', outcome, method, sessionId };
      record(floor, origin, { ...line, userId, organizationId });
    };
    const attempts = attemptsOf(floor, `second-factor:${challenge.user_id}`, DAY);
    if (attempts.retryAt !== null) {
      end('TOO_MANY_ATTEMPTS');
      return problem('TOO_MANY_ATTEMPTS', null, attempts.retryAt);
    }
    const step = stepOf(floor, challenge.user_id, code);
    if (step === null) {
      if (find() === undefined) return problem('CHALLENGE_EXPIRED');
      attempts.failed();
      end('INVALID_CODE');
      return problem('INVALID_CODE', 'code');
    }
    if (floor.sql.takeChallenge.run(challenge.challenge_id).changes !== 1)
      return problem('CHALLENGE_EXPIRED');
    attempts.succeeded();
    floor.sql.twoFactorUsed.run(floor.now(), challenge.user_id);
    const session = openSession(floor, challenge, {
      ...origin,
      keepSignedIn: challenge.keep_signed_in !== 0,
    });
    end('DONE', session.id);
    return signedInAnswer({ ...challenge, last_sign_in_at: floor.now() }, session.token, session.expiresAt);
  });
}

/** Uses a step up. Null where the code is of none, or of one that was used. */
function stepOf(floor: Floor, userId: string, code: string): number | null {
  const factors = floor.sql.factors.all(userId) as FactorRow[];
  const factor = factors.find(({ kind, method }) => kind === method);
  if (factor === undefined || !/^[0-9]{6}$/.test(code)) return null;
  const secret = fromBase32(floor.keys.open(factor.sealed, factor.id));
  const given = Buffer.from(code);
  const current = stepAt(floor.now());
  for (const step of [current, current + 1, current - 1]) {
    if (!timingSafeEqual(Buffer.from(codeOf(secret, step)), given)) continue;
    return floor.sql.useStep.run(step, factor.id, step).changes === 1 ? step : null;
  }
  return null;
}
