import type { PhoneSlot, TwoFactorMethod } from '@twofold/contract/graphql';
import { DAY, MINUTE } from '@twofold/core/ports';
import { endChallenges, endSessions, isConfirmed, tryPassword } from './sessions.js';
import { stepOf } from './signing-in.js';
import type { Account, Model, Outcome, Protection, Purpose, Session, SetUp } from './state.js';
import { iso, refusal } from './state.js';
import { delivery, isText, send } from './texts.js';

const off = () => refusal('TWO_FACTOR_NOT_ENABLED');
const unconfirmed = () => refusal('REAUTHENTICATION_REQUIRED');

export function start(
  model: Model,
  account: Account,
  session: Session,
  { method, phone }: { method: TwoFactorMethod; phone: string },
): Outcome {
  const justSignedIn = model.now < session.signedInAt + 10 * MINUTE;
  if (!isConfirmed(model, session) && (account.protection || !justSignedIn)) return unconfirmed();
  const expiresAt = model.now + 15 * MINUTE;
  if (method === 'TOTP') {
    begin(account, { session, purpose: 'ENABLE', phone: null, text: null, expiresAt });
    return { is: 'AuthenticatorSetup', expiresAt: iso(expiresAt) };
  }
  const sent = send(model, { for: 'SET_UP', account, within: session, to: phone }, expiresAt);
  if (!isText(sent)) return sent;
  begin(account, { session, purpose: 'ENABLE', phone, text: sent, expiresAt });
  return { is: 'PhoneSetup', expiresAt: iso(expiresAt), delivery: delivery(sent, 'PRIMARY') };
}

/** A later one takes the place of the one of the same session and purpose. */
function begin(account: Account, setUp: Omit<SetUp, 'wrongCodes' | 'app'>): void {
  const others = account.setUps.filter(
    ({ session, purpose }) => session !== setUp.session || purpose !== setUp.purpose,
  );
  account.setUps = [...others, { ...setUp, wrongCodes: 0, app: null }];
}

export function setUpOf({ now }: Model, account: Account, session: Session, purpose: Purpose) {
  return account.setUps.find(
    (setUp) =>
      setUp.session === session && setUp.purpose === purpose && setUp.wrongCodes < 5 && now < setUp.expiresAt,
  );
}

interface Proof {
  readonly setUp: SetUp;
  readonly step: number;
}

const isProof = (proved: Outcome | Proof): proved is Proof => 'setUp' in proved;

/** Tries the code of a set-up, which is used up where it is right. */
function prove(
  model: Model,
  account: Account,
  { session, purpose, code }: { session: Session; purpose: Purpose; code: string },
): Outcome | Proof {
  const { now } = model;
  const setUp = setUpOf(model, account, session, purpose);
  if (!setUp) return refusal('SETUP_EXPIRED');
  const today = account.wrongSetUpCodes.filter((at) => now < at + DAY);
  const firstOfTwenty = today.at(-20);
  if (firstOfTwenty !== undefined) return refusal('TOO_MANY_ATTEMPTS', { retryAt: firstOfTwenty + DAY });
  if (!/^[0-9]{6}$/.test(code)) return refusal('INVALID_CODE', { field: 'code' });
  if (setUp.text && now >= setUp.text.expiresAt) return refusal('CODE_EXPIRED', { field: 'code' });
  const step = setUp.app ? stepOf(setUp.app, code, now) : null;
  if (setUp.app ? step === null : setUp.text?.code !== code) {
    setUp.wrongCodes += 1;
    account.wrongSetUpCodes.push(now);
    return refusal('INVALID_CODE', { field: 'code' });
  }
  account.setUps = account.setUps.filter((other) => other !== setUp);
  return { setUp, step: step ?? 0 };
}

export function enable(model: Model, account: Account, session: Session, code: string): Outcome {
  const proved = prove(model, account, { session, purpose: 'ENABLE', code });
  if (!isProof(proved)) return proved;
  const { now } = model;
  const before = account.protection;
  const { app, phone } = proved.setUp;
  const method = app ? 'TOTP' : 'SMS';
  account.protection = {
    method,
    enabledAt: now,
    lastUsedAt: null,
    app,
    usedStep: proved.step,
    phones: { PRIMARY: phone, BACKUP: null },
    recoveryCode: before?.recoveryCode ?? '',
    recoveryCodeCreatedAt: before?.recoveryCodeCreatedAt ?? now,
  };
  account.setUps = [];
  endChallenges(account);
  endSessions(model, account, session);
  session.phoneFreeUntil = now + 10 * MINUTE;
  return {
    is: 'TwoFactorEnabled',
    viewer: { email: account.email, twoFactorEnabled: true, twoFactorMethod: method },
    ...(before ? { recoveryCode: null } : {}),
  };
}

export function startPhoneChange(
  model: Model,
  account: Account,
  session: Session,
  { slot, phone }: { slot: PhoneSlot; phone: string },
): Outcome {
  const { protection } = account;
  if (!protection) return off();
  if (!isConfirmed(model, session) && model.now >= session.phoneFreeUntil) return unconfirmed();
  if (protection.method !== 'SMS') return off();
  if (phone === protection.phones[otherThan(slot)]) {
    return refusal('PHONE_NUMBER_DUPLICATE', { field: 'phoneNumber' });
  }
  const expiresAt = model.now + 15 * MINUTE;
  const sent = send(model, { for: 'SET_UP', account, within: session, to: phone }, expiresAt);
  if (!isText(sent)) return sent;
  begin(account, { session, purpose: slot, phone, text: sent, expiresAt });
  return { is: 'CodeDelivery', ...delivery(sent, slot) };
}

const otherThan = (slot: PhoneSlot): PhoneSlot => (slot === 'PRIMARY' ? 'BACKUP' : 'PRIMARY');

export function confirmPhoneChange(
  model: Model,
  account: Account,
  session: Session,
  { slot, code }: { slot: PhoneSlot; code: string },
): Outcome {
  const proved = prove(model, account, { session, purpose: slot, code });
  if (!isProof(proved)) return proved;
  const { protection } = account;
  if (!protection) return off();
  // Both slots may have been started with one number.
  if (proved.setUp.phone === protection.phones[otherThan(slot)]) return refusal('PHONE_NUMBER_DUPLICATE');
  protection.phones[slot] = proved.setUp.phone;
  endChallenges(account);
  return { is: 'PhoneChanged', settings: settings(protection) };
}

export function removeBackupPhone(model: Model, account: Account, session: Session): Outcome {
  const refused = viewSettings(model, account, session);
  const { protection } = account;
  if (refused.is !== 'TwoFactorSettings' || !protection) return refused;
  if (protection.phones.BACKUP !== null) endChallenges(account);
  protection.phones.BACKUP = null;
  return viewSettings(model, account, session);
}

export function viewSettings(model: Model, { protection }: Account, session: Session): Outcome {
  if (!protection) return off();
  if (!isConfirmed(model, session)) return unconfirmed();
  return { is: 'TwoFactorSettings', ...settings(protection) };
}

function settings(protection: Protection) {
  return {
    method: protection.method,
    enabledAt: iso(protection.enabledAt),
    lastUsedAt: protection.lastUsedAt === null ? null : iso(protection.lastUsedAt),
    primaryPhone: protection.phones.PRIMARY,
    backupPhone: protection.phones.BACKUP,
    recoveryCodeCreatedAt: iso(protection.recoveryCodeCreatedAt),
  };
}

export function regenerate(model: Model, { protection }: Account, session: Session): Outcome {
  if (!protection) return off();
  if (!isConfirmed(model, session)) return unconfirmed();
  protection.recoveryCodeCreatedAt = model.now;
  return { is: 'RecoveryCodeRegenerated' };
}

export function disable(model: Model, account: Account, password: string): Outcome {
  if (!account.protection) return off();
  const refused = tryPassword(model, account, password, 'password');
  if (refused) return refused;
  account.protection = null;
  account.setUps = [];
  endChallenges(account);
  return { is: 'TwoFactorDisabled', viewer: { email: account.email, twoFactorEnabled: false } };
}
