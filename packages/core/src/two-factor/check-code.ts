import { codeContext } from '../delivery/prepare-code.js';
import type { Cipher, Digest, Instant, Place } from '../ports.js';
import type { Result } from '../result.js';
import { fail, ok } from '../result.js';
import type { SentCode } from '../sign-in/challenge.js';
import type { FactorKind, FactorRegistry } from './second-factor.js';
import { isCode } from './second-factor.js';

export interface CheckCodeDeps {
  readonly cipher: Cipher;
  readonly digest: Digest;
  readonly factors: FactorRegistry;
}

/** What a code is compared with: of one factor alone. */
export interface Expected {
  readonly kind: FactorKind;
  readonly sealed: string;
  readonly place: Place;
  readonly usedStep: number | null;
  readonly sentCode: SentCode | null;
  /** The challenge or set-up that a sent code was bound to. */
  readonly boundTo: string;
}

/** Whether a code that was looked at could have been right, and so counts as an attempt where it was not. */
export type CheckedCode = Result<{ readonly step: number | null }> & { readonly counts?: boolean };

/** Compares a code. Nothing is used up here: the caller marks the step and takes what it was for. */
export function checkCode(deps: CheckCodeDeps, expected: Expected, code: string, now: Instant): CheckedCode {
  if (!isCode(code)) return fail('INVALID_CODE', { field: 'code' });
  const factor = deps.factors.of(expected.kind);
  if (factor.shape === 'scan') {
    const secret = deps.cipher.open(expected.sealed, expected.place);
    const step = factor.check(secret, code, now, expected.usedStep);
    return step === null ? { ...fail('INVALID_CODE', { field: 'code' }), counts: true } : ok({ step });
  }
  const { sentCode } = expected;
  if (!sentCode || sentCode.expiresAt <= now) return fail('CODE_EXPIRED', { field: 'code' });
  const right = deps.digest.matchesKeyed(code, codeContext(expected.boundTo), sentCode.codeDigest);
  return right ? ok({ step: null }) : { ...fail('INVALID_CODE', { field: 'code' }), counts: true };
}
