import type { RecordedDeps } from '../audit/recorded.js';
import { attemptOn, recorded, refused } from '../audit/recorded.js';
import { newLink } from '../links/link.js';
import type { LinkStore } from '../links/link-store.js';
import { aDay, anHour, countMail } from '../links/mail-budget.js';
import { limitKeys } from '../limits/limit-keys.js';
import type { LimitStore } from '../limits/limit-store.js';
import type { AddressLimit, Clock, Digest, Instant, Notifier, Random } from '../ports.js';
import type { Result } from '../result.js';
import { fail, ok } from '../result.js';
import type { UserStore } from '../users/user-store.js';
import { normalizeEmail } from '../users/user.js';

export interface RequestPasswordResetDeps extends RecordedDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Digest;
  readonly limits: LimitStore;
  readonly links: LinkStore;
  readonly users: UserStore;
  readonly notifier: Notifier;
  readonly resetAddressLimit: AddressLimit;
}

export interface RequestPasswordResetInput {
  readonly email: string;
  /** The client's address, by which requests are counted too. */
  readonly address: string;
}

/**
 * requestPasswordReset: mails a link for 30 minutes; the newest alone counts. Every email, known or not, disabled or not, is
 * counted alike, costs the same statements and gets the same answer; nobody waits for the mail.
 */
export function requestPasswordReset(deps: RequestPasswordResetDeps) {
  return async (input: RequestPasswordResetInput): Promise<Result<{ expiresAt: Instant }>> => {
    const retryAt = await deps.resetAddressLimit.take(input.address);
    if (retryAt !== null) {
      const blocked = fail('TOO_MANY_ATTEMPTS', { retryAt });
      return refused(deps, attemptOn(null, 'REQUEST_PASSWORD_RESET'), blocked);
    }
    const email = normalizeEmail(input.email);
    const found = await deps.users.credentialsByEmail(email);
    const user = found && !found.disabled ? found.user : null;
    const now = deps.clock.now();
    const { link, token, tokenHash } = newLink(deps, linkFor(deps, user), now);

    const attempt = attemptOn(found?.user ?? null, 'REQUEST_PASSWORD_RESET');
    const requested = await recorded(deps, attempt, async () => {
      const counted = await countMail(deps.limits, budgets(deps.digest, email), now);
      if (!counted.ok) return counted;
      await deps.links.endAll(user?.id ?? link.id, 'PASSWORD_RESET');
      await deps.links.create(link, tokenHash);
      return ok({ expiresAt: link.expiresAt });
    });
    if (requested.ok && user) {
      deps.notifier.tell(user, 'PASSWORD_RESET_REQUESTED', { link: { purpose: 'PASSWORD_RESET', token } });
    }
    return requested;
  };
}

type Owner = { readonly id: string; readonly organization: { readonly id: string } } | null;

/** Where there is no account a link of nobody's is written, which opens nothing and is in no mail: it costs the same. */
function linkFor({ random }: Pick<RequestPasswordResetDeps, 'random'>, user: Owner) {
  const organizationId = user?.organization.id ?? random.id();
  return {
    purpose: 'PASSWORD_RESET',
    organizationId,
    userId: user?.id ?? null,
    createdBy: null,
    payload: null,
  } as const;
}

function budgets(digest: Digest, email: string) {
  const address = limitKeys.address(digest, email);
  return [anHour(`reset:${address}`, 5), aDay(`reset:${address}`, 15)];
}
