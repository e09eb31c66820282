import { TOTP, URI } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { totpFactor } from './factor.js';
import { drawQrCode } from './qr-code.js';
import { speakeasyEngine } from './speakeasy.js';

/** The key of RFC 6238, appendix B: the ASCII bytes 12345678901234567890. */
const rfcKey = new TextEncoder().encode('12345678901234567890');
const rfcSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

const factor = totpFactor({ engine: speakeasyEngine, random: { bytes: () => rfcKey }, drawQrCode });

/** At this time the code is 005924; it is the vector whose code begins with zeros. */
const now = 1_234_567_890_000;
const step = Math.floor(now / 30_000);

function codeOfStep(wanted: number): string {
  return new TOTP({ secret: rfcSecret }).generate({ timestamp: wanted * 30_000 });
}

describe('the code of the app (S20, S43)', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('is the vector of RFC 6238, appendix B, at %i s', (seconds, code) => {
    expect(factor.check(rfcSecret, code, seconds * 1_000, null)).toBe(Math.floor(seconds / 30));
  });

  it.each([-1, 0, 1])('is taken from step %i, and that step is told', (drift) => {
    expect(factor.check(rfcSecret, codeOfStep(step + drift), now, null)).toBe(step + drift);
  });

  it.each([-3, -2, 2, 3])('is refused from step %i', (drift) => {
    expect(factor.check(rfcSecret, codeOfStep(step + drift), now, null)).toBeNull();
  });

  it('is taken to the last millisecond of the step after it, and no longer', () => {
    const code = codeOfStep(step);
    expect(factor.check(rfcSecret, code, (step + 2) * 30_000 - 1, null)).toBe(step);
    expect(factor.check(rfcSecret, code, (step + 2) * 30_000, null)).toBeNull();
  });

  it('is refused for another secret', () => {
    expect(factor.check('A'.repeat(32), codeOfStep(step), now, null)).toBeNull();
  });
});

describe('threat: a code that was seen is used again', () => {
  it('refuses the step that was used', () => {
    expect(factor.check(rfcSecret, codeOfStep(step), now, step)).toBeNull();
  });

  it('refuses an older step, though it is within the drift', () => {
    expect(factor.check(rfcSecret, codeOfStep(step - 1), now, step)).toBeNull();
  });

  it('takes the next step', () => {
    expect(factor.check(rfcSecret, codeOfStep(step + 1), now, step)).toBe(step + 1);
  });
});

describe('threat: text that only looks like the code', () => {
  it.each([
    ['digits and letters that a lenient reader cuts off', '5924xx'],
    ['a sign', '+5924z'],
    ['a sign and leading zeros', '+05924'],
    ['a minus', '-05924'],
    ['without the leading zeros', '5924'],
    ['spaces before', '  5924'],
    ['a space within', '005 924'],
    ['a line end', '005924\n'],
    ['seven digits', '0005924'],
    ['full-width digits', '００５９２４'],
    ['Arabic digits', '٠٠٥٩٢٤'],
    ['a decimal point', '5924.0'],
    ['an exponent', '5924e0'],
    ['hexadecimal', '0x1724'],
    ['nothing', ''],
  ])('refuses %s', (_what, code) => {
    expect(factor.check(rfcSecret, code, now, null)).toBeNull();
    expect(speakeasyEngine.stepOf(rfcSecret, code, now)).toBeNull();
  });

  it('takes the code itself', () => {
    expect(factor.check(rfcSecret, '005924', now, null)).toBe(step);
  });
});

describe('threat: a damaged secret passes for an empty key', () => {
  it.each(['', 'GEZDGNBV', 'gezdgnbvgy3tqojqgezdgnbvgy3tqojq', '1'.repeat(32), `${rfcSecret}=`])(
    'throws for "%s"',
    (secret) => {
      expect(() => factor.check(secret, '005924', now, null)).toThrow('secret');
    },
  );

  it.each([0, 10, 19, 21])('makes no secret of %i bytes', (length) => {
    expect(() => speakeasyEngine.encodeSecret(new Uint8Array(length))).toThrow('160 bits');
  });
});

describe('enrolment (S17, S18, S19)', () => {
  it('asks for 160 random bits, and shows them as the manual key', async () => {
    const asked: number[] = [];
    const random = { bytes: (length: number) => (asked.push(length), rfcKey) };
    const enrolment = await totpFactor({ engine: speakeasyEngine, random, drawQrCode }).enroll({
      issuer: 'Demo Signage',
      account: 'mia@demo.example',
    });
    expect(asked).toEqual([20]);
    expect(enrolment.secret).toBe(rfcSecret);
    expect(enrolment.manualKey).toBe(rfcSecret);
  });

  it('draws the very URI that it tells', async () => {
    const draw = async (text: string) => `<svg>${text}</svg>`;
    const enrolment = await totpFactor({
      engine: speakeasyEngine,
      random: { bytes: () => rfcKey },
      drawQrCode: draw,
    }).enroll({ issuer: 'Demo', account: 'mia@demo.example' });
    expect(enrolment.qrCodeSvg).toBe(`<svg>${enrolment.otpauthUri}</svg>`);
  });

  it.each([
    ['Demo Signage', 'mia@demo.example'],
    ['Müller & Söhne / 100% #1?', 'mia+test@demo.example'],
    ['看板', 'ü@demo.example'],
  ])('makes a URI that another implementation reads: %s', async (issuer, account) => {
    const { otpauthUri } = await factor.enroll({ issuer, account });
    const read = URI.parse(otpauthUri);
    expect(read).toBeInstanceOf(TOTP);
    expect(read).toMatchObject({ issuer, label: account, algorithm: 'SHA1', digits: 6, period: 30 });
    expect(read.secret.base32).toBe(rfcSecret);
    const params = new URL(otpauthUri).searchParams;
    expect(Object.fromEntries(params)).toEqual({
      secret: rfcSecret,
      issuer,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
  });

  it('threat: a colon or a lone surrogate in a name moves the account into the issuer, or ends the set-up', async () => {
    const { otpauthUri } = await factor.enroll({
      issuer: 'Demo: Signage \ud800',
      account: 'a:b@demo.example',
    });
    expect(URI.parse(otpauthUri)).toMatchObject({
      issuer: 'Demo  Signage \uFFFD',
      label: 'a b@demo.example',
    });
  });

  it('has a code that the other implementation makes', async () => {
    const { otpauthUri, secret } = await factor.enroll({ issuer: 'Demo', account: 'mia@demo.example' });
    const theirs = URI.parse(otpauthUri);
    if (!(theirs instanceof TOTP)) throw new Error('not a TOTP');
    expect(factor.check(secret, theirs.generate({ timestamp: now }), now, null)).toBe(step);
  });
});
