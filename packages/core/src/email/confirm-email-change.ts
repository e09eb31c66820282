import type { RecordedDeps } from '../audit/recorded.js';
import { attemptOn, recorded } from '../audit/recorded.js';
import { endAccountLinks } from '../links/end-account-links.js';
import type { LinkStore } from '../links/link-store.js';
import type { Clock, Digest, Notifier } from '../ports.js';
import type { Result } from '../result.js';
import { fail, ok } from '../result.js';
import type { ChallengeStore } from '../sign-in/challenge-store.js';
import type { SetupStore } from '../two-factor/setup-store.js';
import type { UserStore } from '../users/user-store.js';
import type { User } from '../users/user.js';
import { newEmailOf } from './request-email-change.js';

export interface ConfirmEmailChangeDeps extends RecordedDeps {
  readonly clock: Clock;
  readonly digest: Digest;
  readonly links: LinkStore;
  readonly users: UserStore;
  readonly challenges: ChallengeStore;
  readonly setups: SetupStore;
  readonly notifier: Notifier;
}

/**
 * confirmEmailChange: puts the new email in force, by the link that was mailed to it, and tells the old address once more. Sessions
 * and known browsers stay; every link that was mailed to the old address is dead.
 */
export function confirmEmailChange(deps: ConfirmEmailChangeDeps) {
  return async (token: string): Promise<Result<{ newEmail: string }>> => {
    const link = await deps.links.findLive(deps.digest.ofSecret(token), 'EMAIL_CHANGE', deps.clock.now());
    const owner = link && (await ownerOf(deps, link.userId));
    if (!link || !owner) return fail('LINK_EXPIRED');
    const newEmail = newEmailOf(link);
    const attempt = attemptOn(owner, 'CONFIRM_EMAIL_CHANGE', { detail: newEmail.slice(0, 200) });
    const changed = await recorded(deps, attempt, async () => {
      if (!(await deps.links.take(link.id))) return fail('LINK_EXPIRED');
      const current = await ownerOf(deps, owner.id);
      if (!current) return fail('LINK_EXPIRED');
      if (!(await deps.users.setEmail(owner.id, newEmail))) return fail('EMAIL_TAKEN');
      await endAccountLinks(deps.links, owner.id);
      // What was begun under the old email: attempts are counted, and settled one by one, by email.
      await deps.challenges.endAll(owner.id);
      await deps.setups.endAll(owner.id);
      return ok({ newEmail, current });
    });
    if (!changed.ok) return changed;
    deps.notifier.tell(changed.value.current, 'EMAIL_CHANGED', { newEmail });
    return ok({ newEmail });
  };
}

/** null where the account is disabled. */
async function ownerOf({ users }: ConfirmEmailChangeDeps, userId: string | null): Promise<User | null> {
  const credentials = userId === null ? null : await users.credentialsById(userId);
  return credentials && !credentials.disabled ? credentials.user : null;
}
