import type { RecordedDeps } from '../audit/recorded.js';
import { attemptIn, recorded } from '../audit/recorded.js';
import type { CodeDelivery, DeliveryDeps } from '../delivery/prepare-code.js';
import { prepareCode } from '../delivery/prepare-code.js';
import type { Cipher, Clock } from '../ports.js';
import type { Result } from '../result.js';
import { fail } from '../result.js';
import type { LiveSession } from '../session/session.js';
import type { DeliverFactor } from './second-factor.js';
import type { SetupStore } from './setup-store.js';
import type { Setup } from './two-factor.js';
import { SETUP_FOR, setupPlace } from './two-factor.js';

export interface NewSetupDeps extends DeliveryDeps, RecordedDeps {
  readonly clock: Clock;
  readonly cipher: Cipher;
  readonly setups: SetupStore;
}

type SetupOf = Pick<Setup, 'purpose' | 'kind' | 'slot'>;

/** A set-up of this session, with its secret or phone sealed. Not yet stored. */
export function newSetup(
  deps: NewSetupDeps,
  { session, user }: LiveSession,
  of: SetupOf,
  secret: string,
): Setup {
  const id = deps.random.id();
  const createdAt = deps.clock.now();
  return {
    ...of,
    id,
    userId: user.id,
    sessionId: session.id,
    sealed: deps.cipher.seal(secret, setupPlace(id)),
    sentCode: null,
    wrongCodes: 0,
    createdAt,
    expiresAt: createdAt + SETUP_FOR,
  };
}

/** Stores the set-up with the code that proves it, then sends that code. A refused message leaves an earlier set-up in force. */
export async function sendSetupCode(
  deps: NewSetupDeps,
  live: LiveSession,
  setup: Setup,
  { factor, address }: { factor: DeliverFactor; address: string },
): Promise<Result<CodeDelivery>> {
  const { session, user } = live;
  const action = setup.purpose === 'ENABLE' ? 'START_TWO_FACTOR' : 'START_PHONE_CHANGE';
  const bounds = { boundTo: setup.id, within: session.id, notAfter: setup.expiresAt };
  const prepared = await recorded(deps, attemptIn(live, action, setup.kind), async () => {
    const request = { purpose: 'SET_UP', user, factor, address, slot: setup.slot, ...bounds } as const;
    const code = await prepareCode(deps, request, setup.createdAt);
    if (!code.ok) return code;
    const stored = await deps.setups.replace({ ...setup, sentCode: code.value.sentCode });
    return stored ? code : fail('SETUP_EXPIRED');
  });
  return prepared.ok ? prepared.value.send() : prepared;
}
