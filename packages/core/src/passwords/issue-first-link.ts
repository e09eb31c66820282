import type { RecordedDeps } from '../audit/recorded.js';
import { attemptOn, recorded } from '../audit/recorded.js';
import { newLink } from '../links/link.js';
import type { LinkStore } from '../links/link-store.js';
import type { Clock, Digest, Instant, Notifier, Random } from '../ports.js';
import type { Result } from '../result.js';
import { fail, ok } from '../result.js';
import type { UserStore } from '../users/user-store.js';
import type { User } from '../users/user.js';

export interface IssueFirstLinkDeps extends RecordedDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Pick<Digest, 'ofSecret'>;
  readonly links: Pick<LinkStore, 'create' | 'endAll'>;
  readonly users: Pick<UserStore, 'credentialsById'>;
  readonly notifier: Notifier;
}

export interface FirstLink {
  readonly token: string;
  readonly expiresAt: Instant;
}

/** An operator makes the link by which the owner of an account sets its first password; an older one is dead. It is mailed too. */
export function issueFirstLink(deps: IssueFirstLinkDeps) {
  return async (user: User): Promise<Result<FirstLink>> => {
    const of = { organizationId: user.organization.id, userId: user.id, createdBy: null, payload: null };
    const issued = await recorded(deps, attemptOn(user, 'ISSUE_FIRST_LINK'), async () => {
      const current = await deps.users.credentialsById(user.id);
      // Who has a password proves the mailbox instead: by requestPasswordReset.
      if (!current || current.passwordHash !== null) return fail('LINK_EXPIRED');
      const { link, token, tokenHash } = newLink(
        deps,
        { purpose: 'FIRST_PASSWORD', ...of },
        deps.clock.now(),
      );
      await deps.links.endAll(user.id, 'FIRST_PASSWORD');
      await deps.links.create(link, tokenHash);
      return ok({ token, expiresAt: link.expiresAt });
    });
    if (issued.ok) {
      const { token } = issued.value;
      deps.notifier.tell(user, 'FIRST_PASSWORD_DUE', {
        organization: user.organization.name,
        link: { purpose: 'FIRST_PASSWORD', token },
      });
    }
    return issued;
  };
}
