import type { Attempt, RecordedDeps } from '../audit/recorded.js';
import { attemptOn, recorded, refused } from '../audit/recorded.js';
import type { LinkStore } from '../links/link-store.js';
import type { Hasher, Instant, PasswordStrength, Random } from '../ports.js';
import type { Failure, Result } from '../result.js';
import { fail, ok } from '../result.js';
import type { OpenSessionDeps, SignedIn } from '../session/open-session.js';
import { openSession } from '../session/open-session.js';
import type { SessionTransport } from '../sign-in/challenge.js';
import { isAcceptablePassword } from '../users/acceptable-password.js';
import type { User } from '../users/user.js';
import { isName } from '../users/user.js';
import type { Invitation } from './invitation.js';
import { invitationOf, saidOf } from './invitation.js';
import { viewInvitation } from './view-invitation.js';

export interface AcceptInvitationDeps extends OpenSessionDeps, RecordedDeps {
  readonly random: Random;
  readonly hasher: Hasher;
  readonly strength: PasswordStrength;
  readonly links: LinkStore;
}

export interface AcceptInvitationInput {
  readonly token: string;
  readonly name: string;
  readonly password: string;
  readonly transport: SessionTransport;
}

/**
 * acceptInvitation: makes the account and opens its first session. The mailbox and the password are proved, and there is no
 * second factor yet; where the organisation demands one, the session serves only to set it up (S45).
 */
export function acceptInvitation(deps: AcceptInvitationDeps) {
  return async (input: AcceptInvitationInput): Promise<Result<SignedIn>> => {
    const invitation = await viewInvitation(deps)(input.token);
    if (!invitation) return fail('LINK_EXPIRED');
    const accepted = { ...input, name: input.name.trim() };
    const attempt = attemptBy(invitation);
    const refusal = await refusalOf(deps, invitation, accepted);
    if (refusal) return refused(deps, attempt, refusal);
    const passwordHash = await deps.hasher.withPlace(() => deps.hasher.hash(input.password));
    return recorded(
      deps,
      attempt,
      async () => {
        const user = await addInvited(deps, { ...accepted, passwordHash }, deps.clock.now());
        if (!user.ok) return user;
        const { transport } = input;
        return ok(await openSession(deps, user.value, { transport, keepSignedIn: false, browserId: null }));
      },
      ({ user, session }) => ({ userId: user.id, sessionId: session.id }),
    );
  };
}

/** In the invited's own name: there is no account yet, and what is refused is about none. */
function attemptBy({ email, role, invitedBy }: Invitation): Attempt {
  const organizationId = invitedBy.organization.id;
  return { ...attemptOn(null, 'ACCEPT_INVITATION', { detail: saidOf({ email, role }) }), organizationId };
}

/** None of these uses the link up. */
async function refusalOf(
  { strength }: AcceptInvitationDeps,
  { email, invitedBy: { organization } }: Invitation,
  { name, password }: AcceptInvitationInput,
): Promise<Failure | null> {
  if (!isName(name)) return fail('NAME_INVALID', { field: 'name' });
  const isStrong = await isAcceptablePassword(strength, password, { email, name, organization });
  return isStrong ? null : fail('PASSWORD_TOO_WEAK', { field: 'password' });
}

/** Uses the link up. While the password was hashed, the inviter may have lost the right to invite. */
async function addInvited(
  deps: AcceptInvitationDeps,
  { token, name, passwordHash }: Pick<AcceptInvitationInput, 'token' | 'name'> & { passwordHash: string },
  now: Instant,
): Promise<Result<User>> {
  const link = await deps.links.findLive(deps.digest.ofSecret(token), 'INVITATION', now);
  const invitation = link && (await invitationOf(deps, link));
  if (!link || !invitation || !(await deps.links.take(link.id))) return fail('LINK_EXPIRED');
  const { email, role } = invitation;
  const { organizationId } = link;
  const account = { id: deps.random.id(), organizationId, email, name, role, passwordHash, createdAt: now };
  // The unique index decides between two invitations, or an invitation and a change of email.
  if (!(await deps.users.add(account))) return fail('EMAIL_TAKEN');
  const user = await deps.users.find(account.id, organizationId);
  if (!user) throw new Error('The account that was just added is not there.');
  return ok(user);
}
