import type { AuditLog } from './audit/audit-log.js';
import { listAuditEvents } from './audit/list-audit-events.js';
import { recordTextDelivery } from './delivery/record-text-delivery.js';
import type { SentTextStore } from './delivery/sent-text-store.js';
import type { LimitStore } from './limits/limit-store.js';
import type { LinkStore } from './links/link-store.js';
import type {
  AddressLimit,
  Cipher,
  Clock,
  Digest,
  Hasher,
  Notifier,
  OriginOf,
  PasswordStrength,
  Random,
  Transaction,
} from './ports.js';
import { confirmEmailChange } from './email/confirm-email-change.js';
import { requestEmailChange } from './email/request-email-change.js';
import { viewEmailChange } from './email/view-email-change.js';
import { acceptInvitation } from './invitations/accept-invitation.js';
import { inviteUser } from './invitations/invite-user.js';
import { listInvitations } from './invitations/list-invitations.js';
import { resendInvitation } from './invitations/resend-invitation.js';
import { viewInvitation } from './invitations/view-invitation.js';
import { withdrawInvitation } from './invitations/withdraw-invitation.js';
import { requestPasswordReset } from './passwords/request-password-reset.js';
import { resetPassword } from './passwords/reset-password.js';
import { setFirstPassword } from './passwords/set-first-password.js';
import { viewPasswordLink } from './passwords/view-password-link.js';
import { previewPolicy } from './policy/preview-policy.js';
import type { PolicyStore } from './policy/policy-store.js';
import { updatePolicy } from './policy/update-policy.js';
import { viewPolicy } from './policy/view-policy.js';
import { confirmPassword } from './session/confirm-password.js';
import { endOtherSessions } from './session/end-other-sessions.js';
import { endSession } from './session/end-session.js';
import { endUserSessions } from './session/end-user-sessions.js';
import { listSessions } from './session/list-sessions.js';
import { listUserSessions } from './session/list-user-sessions.js';
import type { SessionStore } from './session/session-store.js';
import { signOut } from './session/sign-out.js';
import { useSession } from './session/use-session.js';
import type { ChallengeStore } from './sign-in/challenge-store.js';
import { sendSignInCode } from './sign-in/send-sign-in-code.js';
import { signIn } from './sign-in/sign-in.js';
import { verifyRecoveryCode } from './sign-in/verify-recovery-code.js';
import { verifyTwoFactorCode } from './sign-in/verify-two-factor-code.js';
import { listTrustedBrowsers } from './trusted-browsers/list-trusted-browsers.js';
import { removeTrustedBrowser } from './trusted-browsers/remove-trusted-browser.js';
import { removeTrustedBrowsers } from './trusted-browsers/remove-trusted-browsers.js';
import type { TrustedBrowserStore } from './trusted-browsers/trusted-browser-store.js';
import { confirmPhoneChange } from './two-factor/confirm-phone-change.js';
import { disableTwoFactor } from './two-factor/disable-two-factor.js';
import { enableTwoFactor } from './two-factor/enable-two-factor.js';
import { regenerateRecoveryCode } from './two-factor/regenerate-recovery-code.js';
import { removeBackupPhone } from './two-factor/remove-backup-phone.js';
import type { FactorRegistry } from './two-factor/second-factor.js';
import type { SetupStore } from './two-factor/setup-store.js';
import { startPhoneChange } from './two-factor/start-phone-change.js';
import { startTwoFactor } from './two-factor/start-two-factor.js';
import type { TwoFactorStore } from './two-factor/two-factor-store.js';
import { viewSettings } from './two-factor/view-settings.js';
import { changePassword } from './users/change-password.js';
import { getUser } from './users/get-user.js';
import { listUsers } from './users/list-users.js';
import type { UserStore } from './users/user-store.js';
import { reportNotMe } from './way-back/report-not-me.js';
import { unlessFrozen } from './way-back/unless-frozen.js';

/** Everything that the rules need from outside. */
export interface Deps extends Stores {
  readonly clock: Clock;
  readonly random: Random;
  readonly cipher: Cipher;
  readonly hasher: Hasher;
  readonly digest: Digest;
  readonly strength: PasswordStrength;
  readonly notifier: Notifier;
  readonly addressLimit: AddressLimit;
  readonly resetAddressLimit: AddressLimit;
  readonly origin: OriginOf;
  readonly transaction: Transaction;
  readonly factors: FactorRegistry;
}

export interface Stores {
  readonly users: UserStore;
  readonly sessions: SessionStore;
  readonly challenges: ChallengeStore;
  readonly twoFactors: TwoFactorStore;
  readonly setups: SetupStore;
  readonly limits: LimitStore;
  readonly links: LinkStore;
  readonly trustedBrowsers: TrustedBrowserStore;
  readonly policies: PolicyStore;
  readonly sentTexts: SentTextStore;
  readonly audit: AuditLog;
}

/** What this service can do, each by its verb. */
export function createUseCases(deps: Deps) {
  return {
    signIn: signIn(deps),
    sendSignInCode: sendSignInCode(deps),
    verifyTwoFactorCode: verifyTwoFactorCode(deps),
    verifyRecoveryCode: verifyRecoveryCode(deps),
    useSession: useSession(deps),
    signOut: signOut(deps),
    listSessions: listSessions(deps),
    listUserSessions: listUserSessions(deps),
    endSession: endSession(deps),
    endOtherSessions: endOtherSessions(deps),
    endUserSessions: endUserSessions(deps),
    listTrustedBrowsers: listTrustedBrowsers(deps),
    removeTrustedBrowser: removeTrustedBrowser(deps),
    removeTrustedBrowsers: removeTrustedBrowsers(deps),
    confirmPassword: confirmPassword(deps),
    changePassword: changePassword(deps),
    getUser: getUser(deps),
    listUsers: listUsers(deps),
    startTwoFactor: unlessFrozen(deps, 'START_TWO_FACTOR', startTwoFactor(deps)),
    enableTwoFactor: unlessFrozen(deps, 'ENABLE_TWO_FACTOR', enableTwoFactor(deps)),
    viewPolicy: viewPolicy(deps),
    previewPolicy: previewPolicy(deps),
    updatePolicy: updatePolicy(deps),
    viewSettings: viewSettings(deps),
    startPhoneChange: unlessFrozen(deps, 'START_PHONE_CHANGE', startPhoneChange(deps)),
    confirmPhoneChange: unlessFrozen(deps, 'CONFIRM_PHONE_CHANGE', confirmPhoneChange(deps)),
    removeBackupPhone: unlessFrozen(deps, 'REMOVE_BACKUP_PHONE', removeBackupPhone(deps)),
    regenerateRecoveryCode: unlessFrozen(deps, 'REGENERATE_RECOVERY_CODE', regenerateRecoveryCode(deps)),
    disableTwoFactor: unlessFrozen(deps, 'DISABLE_TWO_FACTOR', disableTwoFactor(deps)),
    inviteUser: inviteUser(deps),
    listInvitations: listInvitations(deps),
    resendInvitation: resendInvitation(deps),
    withdrawInvitation: withdrawInvitation(deps),
    viewInvitation: viewInvitation(deps),
    acceptInvitation: acceptInvitation(deps),
    requestPasswordReset: requestPasswordReset(deps),
    viewPasswordLink: viewPasswordLink(deps),
    resetPassword: resetPassword(deps),
    setFirstPassword: setFirstPassword(deps),
    requestEmailChange: requestEmailChange(deps),
    viewEmailChange: viewEmailChange(deps),
    confirmEmailChange: confirmEmailChange(deps),
    listAuditEvents: listAuditEvents(deps),
    recordTextDelivery: recordTextDelivery(deps),
    reportNotMe: reportNotMe(deps),
  };
}

export type UseCases = ReturnType<typeof createUseCases>;
