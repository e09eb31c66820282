import type { AuditEntry } from '../audit/audit-log.js';
import type { RecordedDeps } from '../audit/recorded.js';
import { attemptOn, recorded, refused } from '../audit/recorded.js';
import type { DeliveryDeps, PreparedCode } from '../delivery/prepare-code.js';
import { prepareCode } from '../delivery/prepare-code.js';
import type { AddressLimit, Cipher, Hasher } from '../ports.js';
import type { Failure, Result } from '../result.js';
import { fail, ok } from '../result.js';
import { countPasswordAttempt } from '../session/count-password-attempt.js';
import type { KnownBrowser } from '../session/known-browser.js';
import { knownBrowser } from '../session/known-browser.js';
import type { OpenSessionDeps, SignedIn } from '../session/open-session.js';
import { openSession, sessionOf } from '../session/open-session.js';
import { usableOf } from '../policy/policy.js';
import type { FactorRegistry } from '../two-factor/second-factor.js';
import type { TwoFactorStore } from '../two-factor/two-factor-store.js';
import type { TwoFactor } from '../two-factor/two-factor.js';
import { factorPlace } from '../two-factor/two-factor.js';
import { tellOfNewBrowser } from '../session/new-browser.js';
import type { UseTrustDeps } from '../trusted-browsers/use-trust.js';
import { useTrust } from '../trusted-browsers/use-trust.js';
import type { Credentials } from '../users/user-store.js';
import type { User } from '../users/user.js';
import { normalizeEmail } from '../users/user.js';
import type { ChallengeOffer } from './challenge-offer.js';
import { offerOf } from './challenge-offer.js';
import type { ChallengeStore } from './challenge-store.js';
import type { Challenge, SessionTransport } from './challenge.js';
import { CHALLENGE_FOR } from './challenge.js';

export interface SignInDeps extends OpenSessionDeps, UseTrustDeps, DeliveryDeps, RecordedDeps {
  readonly hasher: Hasher;
  readonly addressLimit: AddressLimit;
  readonly cipher: Cipher;
  readonly factors: FactorRegistry;
  readonly challenges: ChallengeStore;
  readonly twoFactors: TwoFactorStore;
}

export interface SignInInput {
  readonly email: string;
  readonly password: string;
  readonly transport: SessionTransport;
  readonly keepSignedIn: boolean;
  /** The client's address, by which failures are counted too. */
  readonly address: string;
  /** What the browser was given when accounts signed in there before. */
  readonly browserTokens: readonly string[];
  /** What it was given where accounts trust it. */
  readonly trustTokens: readonly string[];
}

/**
 * signIn: a session where two-factor is off (S1) or the browser is trusted, else a challenge, and with text messages the first code (S32).
 * Every account, real or not, disabled or locked, costs the same hash and gives the same answer (S35).
 */
export function signIn(deps: SignInDeps) {
  return async (input: SignInInput): Promise<Result<SignedIn | ChallengeOffer>> => {
    const admitted = await deps.hasher.withPlace(() => admitFrom(deps, input));
    if (!admitted.ok) return admitted;
    if ('offer' in admitted.value) return ok(await sendFirstCode(deps, admitted.value));
    tellOfNewBrowser(deps, admitted.value);
    return ok(admitted.value);
  };
}

async function admitFrom(deps: SignInDeps, input: SignInInput): Promise<Result<SignedIn | OpenedChallenge>> {
  const blockedUntil = await deps.addressLimit.take(input.address);
  if (blockedUntil === null) return takenBackUnlessWrong(deps, input.address, () => admit(deps, input));
  return refused(deps, attemptOn(null, 'SIGN_IN'), fail('TOO_MANY_ATTEMPTS', { retryAt: blockedUntil }));
}

/** Of what the address limit counted before the password was compared, a wrong password alone stays counted. */
async function takenBackUnlessWrong<T>(
  deps: SignInDeps,
  address: string,
  attempt: () => Promise<Result<T>>,
): Promise<Result<T>> {
  let wrong = false;
  try {
    const result = await attempt();
    wrong = !result.ok && result.problem.code === 'INVALID_CREDENTIALS';
    return result;
  } finally {
    if (!wrong) await deps.addressLimit.giveBack(address);
  }
}

async function admit(deps: SignInDeps, input: SignInInput): Promise<Result<SignedIn | OpenedChallenge>> {
  const email = normalizeEmail(input.email);
  const credentials = await deps.users.credentialsByEmail(email);
  const hash = credentials && !credentials.disabled ? credentials.passwordHash : null;
  const right = await deps.hasher.verify(input.password, hash);
  const browser = credentials && browserOf(deps, credentials, input);

  return recorded(
    deps,
    attemptOn(credentials?.user ?? null, 'SIGN_IN'),
    async () => {
      const now = deps.clock.now();
      const counted = await countPasswordAttempt(deps, { email, browserId: browser?.id ?? null, right }, now);
      if (!counted.ok) return counted;
      // While the hash was compared, the password may have been changed, two-factor switched on, the account disabled.
      const current = await deps.users.credentialsByEmail(email);
      if (!current || current.disabled || current.passwordHash !== hash) return fail('INVALID_CREDENTIALS');
      if (current.passwordResetDue) return fail('PASSWORD_RESET_DUE');
      const { user } = current;
      const twoFactor = user.twoFactorMethod === null ? null : await deps.twoFactors.find(user.id);
      return ok(
        twoFactor
          ? await trustOrChallenge(deps, current, usableOf(twoFactor, user.organization, now), input, browser)
          : await openSession(deps, user, { ...input, browserId: browser?.id ?? null }),
      );
    },
    learnedBySignIn,
  );
}

async function trustOrChallenge(
  deps: SignInDeps,
  credentials: Credentials,
  twoFactor: TwoFactor,
  input: SignInInput,
  known: KnownBrowser | null,
): Promise<SignedIn | OpenedChallenge> {
  const { user } = credentials;
  const browser = provedFactor(known, twoFactor) ? known : null;
  const mayUse = browser !== null && input.transport === 'COOKIE';
  const trust = mayUse && (await useTrust(deps, credentials, twoFactor, browser, input.trustTokens));
  if (!trust || !trust.skips) {
    const opened = await challengeUser(deps, user, twoFactor, input, browser);
    return trust && trust.copied ? { ...opened, copiedFrom: user } : opened;
  }
  const signedIn = await openSession(deps, user, { ...input, browserId: browser.id });
  const attempt = attemptOn(user, 'USE_TRUSTED_BROWSER', sessionOf(signedIn));
  await deps.audit.record({ ...attempt, outcome: 'DONE' });
  return { ...signedIn, trustToken: trust.token };
}

function browserOf(
  deps: SignInDeps,
  { user, passwordSetAt }: Credentials,
  { browserTokens }: SignInInput,
): KnownBrowser | null {
  return knownBrowser(
    deps.digest,
    browserTokens,
    { userId: user.id, since: passwordSetAt },
    deps.clock.now(),
  );
}

/** Who knows the password alone could have made browsers known without number before two-factor was switched on. */
function provedFactor(browser: KnownBrowser | null, { enabledAt }: TwoFactor): browser is KnownBrowser {
  return browser !== null && browser.provedAt >= enabledAt;
}

const learnedBySignIn = (admitted: SignedIn | OpenedChallenge): Partial<AuditEntry> =>
  'offer' in admitted
    ? { outcome: 'CHALLENGED', method: admitted.offer.method }
    : { sessionId: admitted.session.id };

interface OpenedChallenge {
  readonly offer: ChallengeOffer;
  /** Null where the preferred method sends nothing. */
  readonly firstCode: PreparedCode | Failure | null;
  /** Whose trust has ended, since somebody came with an old copy of its token. */
  readonly copiedFrom?: User;
}

async function challengeUser(
  deps: SignInDeps,
  user: User,
  twoFactor: TwoFactor,
  { transport, keepSignedIn }: SignInInput,
  browser: KnownBrowser | null,
): Promise<OpenedChallenge> {
  const now = deps.clock.now();
  const id = deps.random.id();
  const token = deps.random.token();
  const expiresAt = now + CHALLENGE_FOR;
  const first = await prepareFirstCode(deps, user, twoFactor, { id, expiresAt });
  const sentCode = first?.ok ? first.value.sentCode : null;
  const challenge: Challenge = {
    id,
    userId: user.id,
    transport,
    keepSignedIn,
    browserId: browser?.id ?? null,
    createdAt: now,
    expiresAt,
    sentCode,
  };
  await deps.challenges.create(challenge, deps.digest.ofSecret(token));
  return {
    offer: offerOf(deps, user, { challenge, token, twoFactor }),
    firstCode: first?.ok ? first.value : first,
  };
}

async function prepareFirstCode(
  deps: SignInDeps,
  user: User,
  twoFactor: TwoFactor,
  challenge: { id: string; expiresAt: number },
): Promise<Result<PreparedCode> | null> {
  const factor = deps.factors.of(twoFactor.method);
  const saved = twoFactor.factors.find(({ kind, slot }) => kind === factor.kind && slot === 'PRIMARY');
  if (factor.shape !== 'deliver' || !saved) return null;
  const request = {
    purpose: 'SIGN_IN',
    user,
    factor,
    address: deps.cipher.open(saved.sealed, factorPlace(saved.id)),
    slot: saved.slot,
    boundTo: challenge.id,
    within: challenge.id,
    notAfter: challenge.expiresAt,
  } as const;
  return prepareCode(deps, request, deps.clock.now());
}

async function sendFirstCode(
  deps: SignInDeps,
  { offer, firstCode, copiedFrom }: OpenedChallenge,
): Promise<ChallengeOffer> {
  if (copiedFrom) tellOfCopy(deps, copiedFrom);
  if (firstCode === null) return offer;
  const sent = 'send' in firstCode ? await firstCode.send() : firstCode;
  return sent.ok ? { ...offer, delivery: sent.value } : { ...offer, deliveryProblem: sent.problem };
}

function tellOfCopy({ notifier, origin }: SignInDeps, owner: User): void {
  notifier.tell(owner, 'TRUSTED_BROWSER_COPIED', { origin: origin(), devicesOf: owner.id });
}
