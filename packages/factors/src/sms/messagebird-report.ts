import { createSecretKey, type KeyObject } from 'node:crypto';
import type { ReportReader } from '@twofold/core/delivery/carrier-report';
import { readingOf } from './delivery-report.js';

/** What MessageBird's library does not declare of itself. */
interface WebhookSignature {
  readonly VerifyOptions: new (
    validateUrl: boolean,
    validatePayload: boolean,
    /** Those of jose's jwtVerify. */
    jwtVerifyOptions: {
      readonly issuer: string;
      readonly algorithms: readonly string[];
      readonly requiredClaims: readonly string[];
      /** Seconds. */
      readonly clockTolerance: number;
      readonly currentDate: Date;
    },
  ) => object;
  /** Rejects where the signature does not hold. */
  verify(url: string, payload: Buffer, jwt: string, key: KeyObject, options: object): Promise<unknown>;
}

/** Read with the first report. */
async function loadSignature(): Promise<WebhookSignature> {
  // @ts-expect-error: the library declares nothing of this part of it
  const library: unknown = await import('messagebird/lib/webhook-signature-jwt.js');
  return (library as { readonly default: WebhookSignature }).default;
}

/** https://developers.messagebird.com/api/sms-messaging/#sms-statuses */
const outcomes = {
  scheduled: null,
  sent: null,
  buffered: null,
  delivered: 'DONE',
  expired: 'EXPIRED',
  delivery_failed: 'UNDELIVERED',
} as const;

/**
 * Reads a status report of MessageBird: parameters of the query, and a JWT in a header that covers the hashes of address and
 * body and runs out after a minute.
 */
export function messageBirdReports(signingKey: string): ReportReader {
  const key = createSecretKey(Buffer.from(signingKey, 'utf8'));
  return async ({ url, header, body }, now) => {
    const { verify, VerifyOptions } = await loadSignature();
    const options = new VerifyOptions(true, true, {
      issuer: 'MessageBird',
      // The library's own list. None is asymmetric, so that nothing public could pass for the key.
      algorithms: ['HS256', 'HS384', 'HS512'],
      requiredClaims: ['exp'],
      clockTolerance: 5,
      currentDate: new Date(now),
    });
    try {
      await verify(url, Buffer.from(body), header('messagebird-signature-jwt') ?? '', key, options);
    } catch {
      return { kind: 'FORGED' };
    }
    const said = new URL(url).searchParams;
    return readingOf('messagebird', outcomes, {
      id: said.get('id'),
      status: said.get('status'),
      at: said.get('statusDatetime'),
      errorCode: said.get('statusErrorCode'),
    });
  };
}
