import type { Random } from '@twofold/core/ports';
import { isCode, type ScanFactor } from '@twofold/core/two-factor/second-factor';
import type { QrCodeDrawing, TotpEngine } from './totp-engine.js';

export interface TotpDeps {
  readonly engine: TotpEngine;
  readonly random: Pick<Random, 'bytes'>;
  readonly drawQrCode: QrCodeDrawing;
}

const SECRET_BYTES = 20;

/** An authenticator app on the user's device (RFC 6238). */
export function totpFactor({ engine, random, drawQrCode }: TotpDeps): ScanFactor {
  return {
    kind: 'TOTP',
    shape: 'scan',

    async enroll(label) {
      const secret = engine.encodeSecret(random.bytes(SECRET_BYTES));
      const otpauthUri = uriOf(secret, label);
      return { secret, manualKey: secret, otpauthUri, qrCodeSvg: await drawQrCode(otpauthUri) };
    },

    check(secret, code, now, usedStep) {
      if (!isCode(code)) return null;
      const step = engine.stepOf(secret, code, now);
      // RFC 6238, 5.2: a code that was taken once is not taken again, nor is one from before it.
      return step !== null && (usedStep === null || step > usedStep) ? step : null;
    },
  };
}

/** The Key URI that authenticator apps read. Every parameter is given, since apps differ in what they assume. */
function uriOf(secret: string, { issuer, account }: { issuer: string; account: string }): string {
  const by = encodeLabel(issuer);
  return `otpauth://totp/${by}:${encodeLabel(account)}?secret=${secret}&issuer=${by}&algorithm=SHA1&digits=6&period=30`;
}

/** The colon divides issuer and account, also where it is encoded, so neither may hold one. A lone surrogate cannot be encoded. */
function encodeLabel(text: string): string {
  return encodeURIComponent(text.replace(/:/g, ' ').replace(/\p{Surrogate}/gu, '\uFFFD'));
}
