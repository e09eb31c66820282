/** What a change may end. */
export const endable = {
  own: 'the session in hand',
  other: 'other sessions',
  challenge: 'pending sign-ins',
  ownSetup: "the session's own set-up",
  otherSetup: 'set-ups of other sessions',
  trust: 'trusted browsers',
} as const;

export type Endable = keyof typeof endable;

type Fate = 'lives' | 'ends' | 'cannot be';

type Fates = Readonly<Record<Endable, Fate>>;

const nothing: Fates = {
  own: 'lives',
  other: 'lives',
  challenge: 'lives',
  ownSetup: 'lives',
  otherSetup: 'lives',
  trust: 'lives',
};
const everything: Fates = {
  own: 'ends',
  other: 'ends',
  challenge: 'ends',
  ownSetup: 'ends',
  otherSetup: 'ends',
  trust: 'ends',
};

/** What each change of an account ends. */
export const endings = {
  changePassword: { ...everything, own: 'lives', ownSetup: 'lives' },
  'enableTwoFactor, the first': { ...everything, own: 'lives', challenge: 'cannot be', trust: 'cannot be' },
  'enableTwoFactor, another method': { ...everything, own: 'lives' },
  disableTwoFactor: { ...everything, own: 'lives', other: 'lives' },
  // The session in hand is the one that it opens.
  verifyRecoveryCode: { ...everything, own: 'lives' },
  confirmPhoneChange: { ...nothing, challenge: 'ends' },
  removeBackupPhone: { ...nothing, challenge: 'ends' },
  // Only the code is replaced: a pending sign-in takes the new one.
  regenerateRecoveryCode: nothing,
  signOut: { ...nothing, own: 'ends', ownSetup: 'ends' },
  endSession: { ...nothing, other: 'ends', otherSetup: 'ends' },
  endOtherSessions: { ...nothing, other: 'ends', otherSetup: 'ends', challenge: 'ends' },
  endUserSessions: everything,
  removeTrustedBrowser: { ...nothing, trust: 'ends' },
  removeTrustedBrowsers: { ...nothing, trust: 'ends' },
  'the account is disabled': everything,
} as const satisfies Readonly<Record<string, Fates>>;

export type Change = keyof typeof endings;
