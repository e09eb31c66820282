/** Everybody who could try an operation. Each holds all that there is to know of one person: "them" below. */
export const callers = {
  nobody: 'nobody',
  challengeCookie: "their challenge's token as a cookie",
  deadBearer: 'a token that was signed out',
  challengeBearer: "their challenge's token as a bearer",
  disabled: 'they, disabled since, by cookie',
  setupOnly: 'they, where the organisation demands two-factor and they have none',
  member: 'they, the password confirmed',
  unconfirmed: 'they, in another session',
  colleague: 'a colleague (MEMBER)',
  admin: 'an ADMIN',
  owner: 'an OWNER',
  stranger: 'an OWNER of another organisation',
} as const;

export type Caller = keyof typeof callers;

/** The name of a success type, the code of a Problem or of errors[], or what a scalar was. */
export type Ending = string;

type Other = 'colleague' | 'admin' | 'owner' | 'stranger';

interface Row {
  /** Without a session that lives. */
  readonly outside: Ending;
  readonly disabled?: Ending;
  readonly setupOnly: Ending;
  readonly member: Ending;
  readonly unconfirmed?: Ending;
  readonly others: Ending | Readonly<Record<Other, Ending>>;
}

/** Behind an ending that shows people: nothing in it was about them. */
export const NOT_THEIRS = ', not theirs';

/** A bearer that is not alive is refused before anything is looked at; a cookie counts as none. */
function cells({ outside, disabled = outside, setupOnly, member, unconfirmed = member, others }: Row) {
  const each = typeof others === 'string' ? all(others) : others;
  return {
    nobody: outside,
    challengeCookie: outside,
    deadBearer: 'UNAUTHENTICATED',
    challengeBearer: 'UNAUTHENTICATED',
    disabled,
    setupOnly,
    member,
    unconfirmed,
    ...each,
  } satisfies Record<Caller, Ending>;
}

const all = (ending: Ending) => ({ colleague: ending, admin: ending, owner: ending, stranger: ending });

const within = (type: string) => ({ ...all(type), stranger: type + NOT_THEIRS });

const forAdministrators = (type: string) => ({ ...within(type), colleague: 'FORBIDDEN' });

/** What administrators do to others, by their ids. */
const lookingAfter = (type: string) => ({ ...all(type), colleague: 'FORBIDDEN', stranger: 'NOT_FOUND' });

/** What a full session alone may do. */
const full = (row: Pick<Row, 'member' | 'unconfirmed' | 'others'>) =>
  cells({ outside: 'UNAUTHENTICATED', setupOnly: 'FORBIDDEN', ...row });

/** What a session of any scope may do. */
const anySession = (row: Pick<Row, 'setupOnly' | 'member' | 'unconfirmed' | 'others'>) =>
  cells({ outside: 'UNAUTHENTICATED', ...row });

/** What the knowledge of a challenge opens, with or without a session: it is a step of signing in. */
const byChallenge = (type: string) =>
  cells({ outside: type, disabled: 'CHALLENGE_EXPIRED', setupOnly: type, member: type, others: type });

const signIn = cells({
  outside: 'TwoFactorChallenge',
  disabled: 'INVALID_CREDENTIALS',
  setupOnly: 'SignedIn',
  member: 'TwoFactorChallenge',
  others: 'TwoFactorChallenge',
});
const enableTwoFactor = anySession({
  setupOnly: 'TwoFactorEnabled',
  member: 'TwoFactorEnabled',
  unconfirmed: 'SETUP_EXPIRED',
  others: 'SETUP_EXPIRED',
});
const startTwoFactor = anySession({
  setupOnly: 'AuthenticatorSetup',
  member: 'AuthenticatorSetup',
  unconfirmed: 'REAUTHENTICATION_REQUIRED',
  others: 'AuthenticatorSetup',
});
const startPhoneChange = full({
  member: 'CodeDelivery',
  unconfirmed: 'REAUTHENTICATION_REQUIRED',
  others: 'TWO_FACTOR_NOT_ENABLED',
});
const users = full({ member: 'UserConnection', others: within('UserConnection') });
const ownEvents = full({
  member: 'AuditEventConnection',
  others: all('AuditEventConnection' + NOT_THEIRS),
});
const previewPolicy = full({
  member: 'FORBIDDEN',
  others: { ...all('PolicyPreview'), colleague: 'FORBIDDEN' },
});
const updatePolicy = full({
  member: 'FORBIDDEN',
  others: { ...all('REAUTHENTICATION_REQUIRED'), colleague: 'FORBIDDEN' },
});
const ownCsv = full({ member: 'String', others: all('String' + NOT_THEIRS) });

/** What the knowledge of a mailed link opens, with or without a session. Nobody here holds one. */
const byLink = (ending: Ending) =>
  cells({ outside: ending, setupOnly: ending, member: ending, others: ending });
/** What an administrator does behind the password, which none of them has confirmed here. */
const administrators = (ending: Ending) =>
  full({ member: 'FORBIDDEN', others: { ...all(ending), colleague: 'FORBIDDEN' } });
const acceptInvitation = byLink('LINK_EXPIRED');

/** Every operation of the schema, alone and with what may be left out, by every caller. */
export const matrix: Readonly<Record<string, Readonly<Record<Caller, Ending>>>> = {
  viewer: cells({ outside: 'null', setupOnly: 'User', member: 'User', others: 'User' + NOT_THEIRS }),
  session: cells({ outside: 'null', setupOnly: 'Session', member: 'Session', others: 'Session' }),
  user: full({ member: 'User', others: { ...within('User'), stranger: 'null' } }),
  users,
  'users(orderBy)': users,
  'users(search)': users,
  'users(after)': users,
  'users(first)': users,
  'users(twoFactorEnabled)': full({
    member: 'FORBIDDEN',
    others: forAdministrators('UserConnection'),
  }),
  auditEvents: ownEvents,
  'auditEvents(filter.action)': ownEvents,
  'auditEvents(filter.succeeded)': ownEvents,
  'auditEvents(filter.since)': ownEvents,
  'auditEvents(filter.until)': ownEvents,
  'auditEvents(after)': ownEvents,
  'auditEvents(first)': ownEvents,
  'auditEvents(filter.everybody)': full({
    member: 'FORBIDDEN',
    others: forAdministrators('AuditEventConnection'),
  }),
  'auditEvents(filter.userId)': full({
    member: 'AuditEventConnection',
    others: forAdministrators('AuditEventConnection'),
  }),
  auditEventsCsv: ownCsv,
  'auditEventsCsv(filter.action)': ownCsv,
  'auditEventsCsv(filter.succeeded)': ownCsv,
  'auditEventsCsv(filter.since)': ownCsv,
  'auditEventsCsv(filter.until)': ownCsv,
  'auditEventsCsv(filter.everybody)': full({ member: 'FORBIDDEN', others: forAdministrators('String') }),
  'auditEventsCsv(filter.userId)': full({ member: 'String', others: forAdministrators('String') }),
  policy: full({ member: 'Policy', others: all('Policy') }),
  previewPolicy,
  'previewPolicy(requiredFrom)': previewPolicy,
  twoFactorSettings: full({
    member: 'TwoFactorSettings',
    unconfirmed: 'REAUTHENTICATION_REQUIRED',
    others: 'TWO_FACTOR_NOT_ENABLED',
  }),

  invitations: administrators('Invitation'),
  invitation: byLink('null'),
  passwordLink: byLink('null'),
  emailChange: byLink('null'),

  signIn,
  'signIn(transport, keepSignedIn)': signIn,
  sendSignInCode: byChallenge('CodeDelivery'),
  'sendSignInCode(slot)': byChallenge('CodeDelivery'),
  verifyTwoFactorCode: byChallenge('SignedIn'),
  'verifyTwoFactorCode(method, trustBrowser)': byChallenge('SignedIn'),
  verifyRecoveryCode: byChallenge('SignedIn'),
  signOut: cells({ outside: 'true', setupOnly: 'true', member: 'true', others: 'true' }),

  inviteUser: administrators('REAUTHENTICATION_REQUIRED'),
  resendInvitation: administrators('REAUTHENTICATION_REQUIRED'),
  withdrawInvitation: administrators('LINK_EXPIRED'),
  acceptInvitation,
  'acceptInvitation(transport)': acceptInvitation,
  requestPasswordReset: byLink('PasswordResetRequested'),
  resetPassword: byLink('LINK_EXPIRED'),
  setFirstPassword: byLink('LINK_EXPIRED'),
  requestEmailChange: full({
    member: 'EmailChangeRequested',
    unconfirmed: 'REAUTHENTICATION_REQUIRED',
    others: 'REAUTHENTICATION_REQUIRED',
  }),
  confirmEmailChange: byLink('LINK_EXPIRED'),
  reportNotMe: byLink('LINK_EXPIRED'),
  sessions: full({ member: 'Session', others: 'Session' }),
  userSessions: full({ member: 'FORBIDDEN', others: lookingAfter('Session') }),
  endSession: full({ member: 'SessionEnded', others: 'NOT_FOUND' }),
  endOtherSessions: full({ member: 'OtherSessionsEnded', others: 'OtherSessionsEnded' }),
  endUserSessions: full({ member: 'FORBIDDEN', others: lookingAfter('REAUTHENTICATION_REQUIRED') }),
  trustedBrowsers: full({ member: 'TrustedBrowser', others: 'TrustedBrowser' }),
  removeTrustedBrowser: full({ member: 'TrustedBrowsersRemoved', others: 'NOT_FOUND' }),
  removeTrustedBrowsers: full({ member: 'TrustedBrowsersRemoved', others: 'TrustedBrowsersRemoved' }),

  confirmPassword: anySession({
    setupOnly: 'PasswordConfirmed',
    member: 'PasswordConfirmed',
    others: 'INVALID_CREDENTIALS',
  }),
  changePassword: full({ member: 'PasswordChanged', others: 'INVALID_CREDENTIALS' }),
  updatePolicy,
  'updatePolicy(requiredFrom)': updatePolicy,
  startTwoFactor,
  'startTwoFactor(phoneNumber, defaultCountry)': startTwoFactor,
  enableTwoFactor,
  'enableTwoFactor(setupId)': enableTwoFactor,
  disableTwoFactor: full({ member: 'TwoFactorDisabled', others: 'TWO_FACTOR_NOT_ENABLED' }),
  regenerateRecoveryCode: full({
    member: 'RecoveryCodeRegenerated',
    unconfirmed: 'REAUTHENTICATION_REQUIRED',
    others: 'TWO_FACTOR_NOT_ENABLED',
  }),
  startPhoneChange,
  'startPhoneChange(defaultCountry)': startPhoneChange,
  confirmPhoneChange: full({
    member: 'PhoneChanged',
    unconfirmed: 'SETUP_EXPIRED',
    others: 'SETUP_EXPIRED',
  }),
  removeBackupPhone: full({
    member: 'TwoFactorSettings',
    unconfirmed: 'REAUTHENTICATION_REQUIRED',
    others: 'TWO_FACTOR_NOT_ENABLED',
  }),
};

/** Who can look at somebody. */
export type Onlooker = 'member' | Other;

const shownTo = (self: string, colleague: string, administrators = colleague) =>
  ({
    member: self,
    colleague,
    admin: administrators,
    owner: administrators,
    stranger: 'no user',
  }) satisfies Record<Onlooker, Ending>;

const known = shownTo('shown', 'shown');

/** Every field of User, by who looks at them: true, false, null, or shown. */
export const userFields: Readonly<Record<string, Readonly<Record<Onlooker, Ending>>>> = {
  id: known,
  email: known,
  name: known,
  role: known,
  createdAt: known,
  lastSignInAt: known,
  organization: known,
  twoFactorEnabled: shownTo('true', 'null', 'true'),
  twoFactorMethod: shownTo('shown', 'null'),
  isViewer: shownTo('true', 'false'),
  viewerCanChangePassword: shownTo('true', 'false'),
  viewerCanEnableTwoFactor: shownTo('true', 'false'),
};
