import type { TextReport } from '@twofold/core/delivery/text-report';
import type { AddressLimit } from '@twofold/core/ports';
import type { UseCases } from '@twofold/core/use-cases';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Instruments } from '../metrics/instruments.js';
import { requestOrigin } from './request-origin.js';

/** How the reports of one carrier come, and what reads them. */
export interface CarrierReports {
  readonly carrier: string;
  /** As people know it. */
  readonly name: string;
  readonly path: string;
  /** `now` in milliseconds since the epoch. Never rejects. */
  readonly read: (request: SignedRequest, now: number) => Promise<Reading>;
}

interface SignedRequest {
  /** As the carrier dialled it: scheme and host as they are public, path and query as they came. */
  readonly url: string;
  /** A header by its name in small letters. */
  readonly header: (name: string) => string | undefined;
  /** As it came. */
  readonly body: Buffer;
}

type Reading =
  | { readonly kind: 'REPORT'; readonly report: TextReport; readonly errorCode: string | null }
  /** Nothing that this carrier signed, or too long ago. */
  | { readonly kind: 'FORGED' }
  /** It did sign this, and it is no report of a text. */
  | { readonly kind: 'UNREADABLE' };

export interface CarrierReportsDeps {
  /** Of the carriers whose reports are taken; others have no address here. */
  readonly carrierReports: readonly CarrierReports[];
  readonly useCases: UseCases;
  /** What carriers sign: a host that a request names itself proves nothing. */
  readonly publicUrl: string;
  readonly now: () => number;
  /** Counts what no carrier signed, by address. */
  readonly forgeries: Pick<AddressLimit, 'take' | 'giveBack'>;
  readonly metrics: Pick<Instruments, 'reported'> | null;
}

/** Bird's events have about two kilobytes, and hold the text of the message. */
const MAX_REPORT = 16 * 1024;

/**
 * `/webhooks/messages/CARRIER`: what became of texts. A signature is all that counts here; cookies and sessions do not. Whatever
 * a carrier signed is answered alike, so that nobody learns which messages there are.
 */
export async function serveCarrierReports(app: FastifyInstance, deps: CarrierReportsDeps): Promise<void> {
  await app.register((scope, _options, done) => {
    // The signature covers the bytes as they came, whatever they call themselves.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body));
    scope.setErrorHandler(answerRefusal);
    for (const reports of deps.carrierReports) {
      scope.route({
        method: ['GET', 'POST'],
        url: reports.path,
        bodyLimit: MAX_REPORT,
        exposeHeadRoute: false,
        handler: takeReport(deps, reports),
      });
    }
    done();
  });
}

function takeReport(deps: CarrierReportsDeps, reports: CarrierReports) {
  const { carrier } = reports;
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const refused = (reason: string) =>
      request.log.info(
        { carrier, reason, requestId: request.id, address: request.ip },
        'A report was refused',
      );
    const retryAt = await deps.forgeries.take(request.ip);
    if (retryAt !== null) {
      refused('TOO_MANY');
      deps.metrics?.reported(carrier, 'forged');
      return reply
        .code(429)
        .header('retry-after', Math.ceil((retryAt - deps.now()) / 1_000))
        .send();
    }
    const reading = await reports.read(asSigned(request, deps.publicUrl), deps.now());
    if (reading.kind === 'FORGED') {
      refused(reading.kind);
      deps.metrics?.reported(carrier, 'forged');
      return reply.code(401).send();
    }
    await deps.forgeries.giveBack(request.ip);
    if (reading.kind === 'UNREADABLE') {
      refused(reading.kind);
      deps.metrics?.reported(carrier, 'unreadable');
    } else await record(deps, reports, reading, request.id);
    return reply.code(200).send();
  };
}

function asSigned({ raw, headers, body }: FastifyRequest, publicUrl: string): SignedRequest {
  const header = (name: string) => {
    const value = headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    url: `${publicUrl}${raw.url ?? ''}`,
    header,
    body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
  };
}

/** The line in the audit log tells who reported, and by which error; the address is that of a carrier, and nobody's own. */
async function record(
  { useCases, metrics }: CarrierReportsDeps,
  { carrier, name }: CarrierReports,
  { report, errorCode }: Extract<Reading, { kind: 'REPORT' }>,
  requestId: string,
): Promise<void> {
  const device = errorCode === null ? name : `${name}, error ${errorCode}`;
  const end = await requestOrigin.runAs({ requestId, address: null, device }, () =>
    useCases.recordTextDelivery(report),
  );
  if (end.kind === 'RECORDED') metrics?.reported(carrier, words[end.outcome], end.after / 1_000);
  else metrics?.reported(carrier, words[end.kind]);
}

const words = {
  DONE: 'delivered',
  UNDELIVERED: 'undelivered',
  EXPIRED: 'expired',
  PENDING: 'pending',
  REPEATED: 'repeated',
  UNKNOWN: 'unknown',
} as const;

/** No carrier reads an answer. What is the server's own fault goes the way of all such faults: the carrier tries again. */
function answerRefusal(error: FastifyError, request: FastifyRequest, reply: FastifyReply): unknown {
  const status = error.statusCode ?? 500;
  if (status >= 500) throw error;
  request.log.info(
    { reason: error.code, requestId: request.id, address: request.ip },
    'A report was refused',
  );
  return reply.code(status).send();
}
