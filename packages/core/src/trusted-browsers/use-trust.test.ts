import { describe, expect, it } from 'vitest';
import { DAY, SECOND } from '../ports.js';
import { fakeDigest } from '../testing/fake-digest.js';
import { fixedClock } from '../testing/fixed-clock.js';
import { newTwoFactor } from '../testing/contract/fixtures.js';
import type { User } from '../users/user.js';
import { noPolicy } from '../users/user.js';
import type { KeptTrust } from './trusted-browser.js';
import { ageOf, ROTATION_GRACE, secretFor, trustToken } from './trusted-browser.js';
import { useTrust } from './use-trust.js';

const digest = fakeDigest();
const SECRET = 'a secret of 256 bits';

function scene(given: Partial<KeptTrust> = {}) {
  const clock = fixedClock();
  const now = clock.now();
  let kept: KeptTrust | null = {
    ...{ id: 'browser', userId: 'mia', organizationId: 'demo', device: null, address: null },
    ...{ createdAt: now, lastUsedAt: now, expiresAt: now + DAY },
    ...{ tokenHash: digest.ofSecret(SECRET), previousHash: null, rotatedAt: now - ROTATION_GRACE },
    ...given,
  };
  const user: User = {
    ...{ id: 'mia', email: 'mia@demo.example', name: 'Mia', role: 'MEMBER', createdAt: 0, lastSignInAt: 0 },
    organization: { id: 'demo', name: 'Demo', ...noPolicy, trustedBrowsersAllowed: true },
    twoFactorMethod: 'TOTP',
    factorsFrozenUntil: null,
  };
  const deps = {
    clock,
    digest,
    origin: () => ({ address: '192.0.2.7', device: 'a test' }),
    trustedBrowsers: {
      find: () => Promise.resolve(kept),
      use: (hash: string, used: KeptTrust) => {
        if (kept?.tokenHash !== hash) return Promise.resolve(false);
        kept = used;
        return Promise.resolve(true);
      },
      end: () => {
        const was = kept !== null;
        kept = null;
        return Promise.resolve(was);
      },
    },
  };
  const browser = { id: 'browser', provedAt: now };
  const twoFactor = newTwoFactor('mia', { enabledAt: now });
  return {
    clock,
    deps,
    kept: () => kept,
    use: (secret: string | null = SECRET) =>
      useTrust(deps, { user, passwordSetAt: now }, twoFactor, browser, [
        'other.token',
        ...(secret === null ? [] : [trustToken('browser', secret)]),
      ]),
  };
}

describe('a trusted browser', () => {
  it('skips the second factor and is given the next secret, the same for all that come with the same one', async () => {
    const { use, kept, clock } = scene();
    const first = await use();
    clock.advance(59 * SECOND);
    expect(await use()).toEqual(first);
    expect(first).toMatchObject({ skips: true, token: expect.stringMatching(/^browser\../) });
    expect(kept()).toMatchObject({ previousHash: digest.ofSecret(SECRET), address: '192.0.2.7' });
  });

  it('an old secret is a copy: it skips nothing, and the trust is gone', async () => {
    const { use, kept, clock } = scene();
    await use();
    clock.advance(60 * SECOND);
    expect(await use()).toEqual({ skips: false, copied: true });
    expect(kept()).toBeNull();
    expect(await use()).toEqual({ skips: false, copied: false });
  });

  it('the next secret, used within the minute, stays: what is still on its way with the one before is no copy', async () => {
    const { use } = scene();
    const first = await use();
    const next = first.skips ? (first.token ?? '').slice('browser.'.length) : '';
    expect(await use(next)).toEqual({ skips: true, token: null });
    expect(await use()).toEqual(first);
  });

  it('no token, or none of this browser, is no copy', async () => {
    const { use, kept } = scene();
    expect(await use(null)).toEqual({ skips: false, copied: false });
    expect(kept()).not.toBeNull();
    expect(secretFor('browser', ['browser2.x', 'browser', ''])).toBeNull();
    expect(secretFor('browser', ['browser.'])).toBe('');
  });

  it('threat: trust that ends between the look and the use skips nothing', async () => {
    const { use, deps } = scene();
    const { find } = deps.trustedBrowsers;
    deps.trustedBrowsers.find = async () => {
      const found = await find();
      await deps.trustedBrowsers.end();
      return found;
    };
    expect(await use()).toEqual({ skips: false, copied: false });
  });

  it('the secret before counts for a minute', () => {
    const { kept } = scene({ previousHash: 'before', rotatedAt: 1_000 });
    const age = (hash: string, now: number) => ageOf(kept()!, hash, now);
    expect(age('before', 1_000 + ROTATION_GRACE - 1)).toBe('BEFORE');
    expect(age('before', 1_000 + ROTATION_GRACE)).toBe('OLD');
    expect(age(digest.ofSecret(SECRET), 9e15)).toBe('NEWEST');
  });
});
