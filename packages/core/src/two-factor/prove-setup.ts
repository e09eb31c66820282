import { noteCodeCameBack } from '../delivery/note-code-came-back.js';
import { limitKeys } from '../limits/limit-keys.js';
import type { LimitStore } from '../limits/limit-store.js';
import type { WindowLimit, WindowLog } from '../limits/window-limit.js';
import { fullUntil, withEvent } from '../limits/window-limit.js';
import type { Clock } from '../ports.js';
import { DAY } from '../ports.js';
import type { Result } from '../result.js';
import { fail, ok } from '../result.js';
import type { User } from '../users/user.js';
import type { CheckCodeDeps } from './check-code.js';
import { checkCode } from './check-code.js';
import type { SetupStore } from './setup-store.js';
import type { Factor, Setup } from './two-factor.js';
import { factorPlace, setupPlace } from './two-factor.js';

export interface ProveSetupDeps extends CheckCodeDeps {
  readonly clock: Clock;
  readonly limits: LimitStore;
  readonly setups: SetupStore;
}

/** Wrong set-up codes of an account, over all its set-ups and phone changes. They are no failed sign-ins. */
const wrongCodes: WindowLimit = { most: 20, within: DAY, grain: 1 };

/**
 * Proves a set-up with its code and uses it up; answers the factor that is to be saved, under `factorId`.
 * To be called in a transaction. Set-up codes of an account are settled one after the other.
 */
export async function proveSetup(
  deps: ProveSetupDeps,
  user: User,
  find: () => Promise<Setup | null>,
  { code, factorId }: { code: string; factorId: string },
): Promise<Result<Factor>> {
  const now = deps.clock.now();
  const key = limitKeys.setupCode(user.id);
  const [state] = await deps.limits.lock([key]);
  const log = (state ?? []) as WindowLog;
  const setup = await find();
  if (!setup) return fail('SETUP_EXPIRED');
  const retryAt = fullUntil(wrongCodes, log, now);
  if (retryAt !== null) return fail('TOO_MANY_ATTEMPTS', { retryAt });

  const { kind, slot, sealed, sentCode, id: boundTo } = setup;
  const place = setupPlace(setup.id);
  const checked = checkCode(deps, { kind, sealed, place, usedStep: null, sentCode, boundTo }, code, now);
  if (!checked.ok) {
    if (checked.counts) {
      await deps.setups.countWrongCode(setup.id);
      await deps.limits.save(key, withEvent(wrongCodes, log, now), now + wrongCodes.within);
    }
    return checked;
  }
  if (!(await deps.setups.take(setup.id))) return fail('SETUP_EXPIRED');
  await noteCodeCameBack(deps, user.organization.id, { kind, sealed, place }, now);
  const secret = deps.cipher.open(sealed, place);
  return ok({
    id: factorId,
    kind,
    slot,
    sealed: deps.cipher.seal(secret, factorPlace(factorId)),
    usedStep: checked.value.step,
    createdAt: now,
  });
}
