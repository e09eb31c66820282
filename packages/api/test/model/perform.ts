import {
  ChangePasswordDocument,
  ConfirmPasswordDocument,
  ConfirmPhoneChangeDocument,
  DisableTwoFactorDocument,
  EnableTwoFactorDocument,
  RegenerateRecoveryCodeDocument,
  RemoveBackupPhoneDocument,
  SendSignInCodeDocument,
  SignInDocument,
  SignOutDocument,
  StartPhoneChangeDocument,
  StartTwoFactorDocument,
  TwoFactorSettingsDocument,
  VerifyRecoveryCodeDocument,
  VerifyTwoFactorCodeDocument,
  ViewerDocument,
} from '@twofold/contract/graphql';
import type { DocumentNode } from 'graphql';
import type { Keys } from './keys.js';
import * as sessions from './sessions.js';
import * as settingUp from './setting-up.js';
import * as signingIn from './signing-in.js';
import type { Account, Challenge, Model, Outcome, Session } from './state.js';
import type { Request } from './steps.js';

/** A step on both sides: what is sent, and how the model says it ends. */
export interface Deed {
  readonly account: Account;
  readonly session: Session | null;
  readonly challenge: Challenge | null;
  readonly document: DocumentNode;
  readonly input: Readonly<Record<string, unknown>> | null;
  /** How it has to end. The model goes on with it. */
  rule(): Outcome;
}

type AtChallenge = Extract<Request, { challenge: number }>;
type InSession = Extract<Request, { session: number }>;

const NO_TOKEN = 'there-never-was-such-a-token';

export function deedOf(model: Model, keys: Keys, step: Request): Deed {
  const account = model.accounts[step.who];
  if (!account) throw new Error(`There is no account ${String(step.who)}.`);
  if (step.do === 'sign in') {
    const password = keys.password(account, step.password);
    return {
      account,
      session: null,
      challenge: null,
      document: SignInDocument,
      input: { email: account.email, password, keepSignedIn: step.keep, transport: 'BEARER' },
      rule: () => signingIn.signIn(model, account, password, step.keep),
    };
  }
  return 'challenge' in step
    ? atChallenge(model, keys, account, step)
    : inSession(model, keys, account, step);
}

function atChallenge(model: Model, keys: Keys, account: Account, step: AtChallenge): Deed {
  const challenge = account.challenges.at(-1 - step.challenge);
  const challengeToken = challenge?.token ?? NO_TOKEN;
  const deed = { account, session: null, challenge: challenge ?? null };
  switch (step.do) {
    case 'text again':
      return {
        ...deed,
        document: SendSignInCodeDocument,
        input: { challengeToken, slot: step.slot },
        rule: () => signingIn.textAgain(model, account, challenge, step.slot),
      };
    case 'verify': {
      const tried = { code: keys.signInCode(model, account, challenge, step.code), method: step.method };
      return {
        ...deed,
        document: VerifyTwoFactorCodeDocument,
        input: { challengeToken, ...tried },
        rule: () => signingIn.verifyCode(model, account, challenge, tried),
      };
    }
    case 'recover': {
      const { typed, meant } = keys.recoveryCode(account, step.code);
      return {
        ...deed,
        document: VerifyRecoveryCodeDocument,
        input: { challengeToken, recoveryCode: typed },
        rule: () => signingIn.recover(model, account, challenge, meant),
      };
    }
  }
}

function inSession(model: Model, keys: Keys, account: Account, step: InSession): Deed {
  const session = account.sessions.at(-1 - step.session);
  const unknown: Session = {
    token: NO_TOKEN,
    ended: true,
    signedInAt: 0,
    usedAt: 0,
    keep: false,
    confirmedUntil: 0,
    phoneFreeUntil: 0,
  };
  const here = session ?? unknown;
  const { document, input, rule } = behindSession(model, keys, account, here, step);
  return {
    account,
    session: here,
    challenge: null,
    document,
    input,
    rule: () => sessions.knock(model, here) ?? rule(),
  };
}

type Behind = Pick<Deed, 'document' | 'input' | 'rule'>;

function behindSession(
  model: Model,
  keys: Keys,
  account: Account,
  session: Session,
  step: InSession,
): Behind {
  const all = [model, account, session] as const;
  switch (step.do) {
    case 'look':
      return { document: ViewerDocument, input: null, rule: () => sessions.look(...all) };
    case 'sign out':
      return { document: SignOutDocument, input: null, rule: () => sessions.signOut(session) };
    case 'view settings':
      return { document: TwoFactorSettingsDocument, input: null, rule: () => settingUp.viewSettings(...all) };
    case 'remove backup':
      return {
        document: RemoveBackupPhoneDocument,
        input: null,
        rule: () => settingUp.removeBackupPhone(...all),
      };
    case 'regenerate':
      return {
        document: RegenerateRecoveryCodeDocument,
        input: null,
        rule: () => settingUp.regenerate(...all),
      };
    case 'confirm password':
    case 'disable':
    case 'change password':
      return withPassword(model, keys, account, session, step);
    case 'start': {
      const phoneNumber = keys.phone(step.phone);
      return {
        document: StartTwoFactorDocument,
        input: { method: step.method, ...(step.method === 'SMS' ? { phoneNumber } : {}) },
        rule: () => settingUp.start(...all, { method: step.method, phone: phoneNumber }),
      };
    }
    case 'enable': {
      const code = keys.setUpCode(model, account, session, { purpose: 'ENABLE', kind: step.code });
      return {
        document: EnableTwoFactorDocument,
        input: { code },
        rule: () => settingUp.enable(...all, code),
      };
    }
    case 'start phone': {
      const { slot } = step;
      const phone = keys.phone(step.phone);
      return {
        document: StartPhoneChangeDocument,
        input: { slot, phoneNumber: phone },
        rule: () => settingUp.startPhoneChange(...all, { slot, phone }),
      };
    }
    case 'confirm phone': {
      const { slot } = step;
      const code = keys.setUpCode(model, account, session, { purpose: slot, kind: step.code });
      return {
        document: ConfirmPhoneChangeDocument,
        input: { slot, code },
        rule: () => settingUp.confirmPhoneChange(...all, { slot, code }),
      };
    }
  }
}

type WithPassword = Extract<InSession, { password: unknown }>;

function withPassword(
  model: Model,
  keys: Keys,
  account: Account,
  session: Session,
  step: WithPassword,
): Behind {
  const password = keys.password(account, step.password);
  if (step.do === 'confirm password') {
    return {
      document: ConfirmPasswordDocument,
      input: { password },
      rule: () => sessions.confirmPassword(model, account, session, password),
    };
  }
  if (step.do === 'disable') {
    return {
      document: DisableTwoFactorDocument,
      input: { password },
      rule: () => settingUp.disable(model, account, password),
    };
  }
  const next = step.password === 'weak' ? 'tooshort' : keys.nextPassword(account);
  return {
    document: ChangePasswordDocument,
    input: { currentPassword: password, newPassword: next },
    rule: () => sessions.changePassword(model, account, session, { current: password, next }),
  };
}
