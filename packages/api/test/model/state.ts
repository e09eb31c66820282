import type { PhoneSlot, TwoFactorMethod } from '@twofold/contract/graphql';

/**
 * A small model of the rules, told anew from the contract: what there is. It never looks into the product. What it cannot know
 * (tokens, secrets, texted codes) is written in from the answers and texts, as a user would keep them.
 */
export interface Model {
  now: number;
  readonly accounts: readonly Account[];
  /** Every text that went out, oldest first. */
  readonly texts: Text[];
}

export interface Account {
  readonly email: string;
  /** null: nobody has this email. */
  password: string | null;
  protection: Protection | null;
  lastSignInAt: number | null;
  /** Failures in a row: each of the three kinds by itself. */
  readonly failed: {
    readonly passwords: Failures;
    readonly codes: Failures;
    readonly recoveryCodes: Failures;
  };
  /** When a wrong set-up code was tried. */
  readonly wrongSetUpCodes: number[];
  /** All there ever were, oldest first. */
  readonly sessions: Session[];
  readonly challenges: Challenge[];
  /** Those in progress; of one session and purpose the last counts. */
  setUps: SetUp[];
}

export interface Protection {
  method: TwoFactorMethod;
  readonly enabledAt: number;
  lastUsedAt: number | null;
  readonly app: AppCodes | null;
  usedStep: number;
  phones: Record<PhoneSlot, string | null>;
  recoveryCode: string;
  recoveryCodeCreatedAt: number;
}

export interface AppCodes {
  /** The code of so many steps of 30 s from now. */
  code(steps: number): string;
}

export interface Failures {
  inARow: number;
  locks: number;
  lockedUntil: number;
  /** Since when there has been neither failure nor lock. */
  quietSince: number;
}

export interface Session {
  token: string;
  ended: boolean;
  readonly signedInAt: number;
  usedAt: number;
  readonly keep: boolean;
  confirmedUntil: number;
  /** A phone may be added without the password until then. */
  phoneFreeUntil: number;
}

export interface Challenge {
  token: string;
  ended: boolean;
  readonly keep: boolean;
  readonly expiresAt: number;
  /** Those texted for it; the last one counts. */
  readonly texts: Text[];
}

export interface SetUp {
  readonly session: Session;
  readonly purpose: Purpose;
  readonly phone: string | null;
  /** Of the app that is being set up, once its key is known. */
  app: AppCodes | null;
  readonly text: Text | null;
  wrongCodes: number;
  readonly expiresAt: number;
}

/** To switch a method on, or to put a phone in the place of one. */
export type Purpose = 'ENABLE' | PhoneSlot;

export interface Text {
  readonly for: 'SIGN_IN' | 'SET_UP';
  readonly account: Account;
  /** The challenge or session in which it was asked for. */
  readonly within: Challenge | Session;
  readonly to: string;
  readonly sentAt: number;
  readonly expiresAt: number;
  code: string;
}

/** How an operation ends: the name of its type or the code of its Problem or error, and what else the rules fix of the answer. */
export interface Outcome {
  readonly is: string;
  readonly [shown: string]: unknown;
}

export function newAccount(email: string, password: string | null): Account {
  return {
    email,
    password,
    protection: null,
    lastSignInAt: null,
    failed: { passwords: noFailures(), codes: noFailures(), recoveryCodes: noFailures() },
    wrongSetUpCodes: [],
    sessions: [],
    challenges: [],
    setUps: [],
  };
}

const noFailures = (): Failures => ({ inARow: 0, locks: 0, lockedUntil: 0, quietSince: 0 });

/** A Problem, with all of what the contract says it carries. */
export function refusal(is: string, more: { field?: string; retryAt?: number } = {}): Outcome {
  return { is, field: more.field ?? null, retryAt: more.retryAt === undefined ? null : iso(more.retryAt) };
}

export const iso = (instant: number) => new Date(instant).toISOString();
