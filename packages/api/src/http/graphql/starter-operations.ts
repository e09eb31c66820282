import type { SessionTransport } from '@twofold/core/sign-in/challenge';

const hints: Record<SessionTransport, string> = {
  BEARER: 'Then send the header  Authorization: Bearer <sessionToken>  with what follows.',
  COOKIE: 'The session travels in a cookie: what follows needs nothing more.',
};

/** What the Sandbox and the explorer open with: the whole flow of the help article, one operation after the other. */
export const starterOperations = (
  transport: SessionTransport,
): string => `# The whole flow, one operation after the other. In development the texts are at /dev/inbox.
# 1. Sign in. ${hints[transport]}
mutation SignIn {
  signIn(input: { email: "mia@demo.example", password: "correct-horse-battery-staple", transport: ${transport} }) {
    __typename
    ... on SignedIn { sessionToken expiresAt scope viewer { id name twoFactorEnabled } }
    ... on TwoFactorChallenge { challengeToken method methods phones { slot maskedNumber } deliveryProblem { message } }
    ... on Problem { code message retryAt }
  }
}

# 2. Who am I?
query Viewer {
  viewer { id name email role twoFactorEnabled twoFactorMethod organization { name } }
  session { scope expiresAt passwordConfirmedUntil }
}

# 3. The users of the organisation.
query Users {
  users(first: 25) {
    totalCount
    nodes { id name email role lastSignInAt twoFactorEnabled }
    pageInfo { hasNextPage endCursor }
  }
}

# 4a. Set up text messages. The code arrives at the phone.
mutation StartTextMessages {
  startTwoFactor(input: { method: SMS, phoneNumber: "+4915123456789" }) {
    __typename
    ... on PhoneSetup { setupId expiresAt delivery { maskedNumber resendAt } }
    ... on Problem { code message field retryAt }
  }
}

# 4b. Or set up an authenticator app: scan the QR code, or type the manual key.
mutation StartApp {
  startTwoFactor(input: { method: TOTP }) {
    __typename
    ... on AuthenticatorSetup { setupId manualKey otpauthUri expiresAt }
    ... on Problem { code message }
  }
}

# 5. Switch it on with a code. Keep the recovery code: it is shown this once.
mutation Enable {
  enableTwoFactor(input: { code: "123456" }) {
    __typename
    ... on TwoFactorEnabled { recoveryCode viewer { twoFactorEnabled twoFactorMethod } }
    ... on Problem { code message }
  }
}

# 6. Add a backup phone, proved by a code of its own.
mutation StartBackupPhone {
  startPhoneChange(input: { slot: BACKUP, phoneNumber: "+4915123456790" }) {
    __typename
    ... on CodeDelivery { maskedNumber expiresAt }
    ... on Problem { code message }
  }
}
mutation ConfirmBackupPhone {
  confirmPhoneChange(input: { slot: BACKUP, code: "123456" }) {
    __typename
    ... on PhoneChanged { settings { primaryPhone backupPhone } }
    ... on Problem { code message }
  }
}

# 7. View the settings: the password comes first.
mutation ConfirmPassword {
  confirmPassword(input: { password: "correct-horse-battery-staple" }) {
    __typename
    ... on PasswordConfirmed { expiresAt }
    ... on Problem { code message }
  }
}
query Settings {
  twoFactorSettings {
    __typename
    ... on TwoFactorSettings { method enabledAt lastUsedAt primaryPhone backupPhone recoveryCodeCreatedAt }
    ... on Problem { code message }
  }
}

# 8. Sign in again: operation 1 answers a challenge, and this one the session.
mutation VerifyCode {
  verifyTwoFactorCode(input: { challengeToken: "…", code: "123456" }) {
    __typename
    ... on SignedIn { sessionToken viewer { name } }
    ... on Problem { code message retryAt }
  }
}

# 9. Or finish with the recovery code. It switches two-factor authentication off.
mutation VerifyRecoveryCode {
  verifyRecoveryCode(input: { challengeToken: "…", recoveryCode: "XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX" }) {
    __typename
    ... on SignedIn { sessionToken viewer { name twoFactorEnabled } }
    ... on Problem { code message retryAt }
  }
}

# 10. Switch it off, behind the password.
mutation Disable {
  disableTwoFactor(input: { password: "correct-horse-battery-staple" }) {
    __typename
    ... on TwoFactorDisabled { viewer { twoFactorEnabled } }
    ... on Problem { code message }
  }
}

# 11. Sign out.
mutation SignOut {
  signOut
}
`;
