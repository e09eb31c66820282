import type { CarrierReports, Reading, ReportRequest } from '@twofold/core/delivery/carrier-report';
import type { AddressLimit } from '@twofold/core/ports';
import type { UseCases } from '@twofold/core/use-cases';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Instruments } from '../metrics/instruments.js';
import { requestOrigin } from './request-origin.js';

export interface CarrierReportsDeps {
  /** Of the carriers whose reports are taken; others have no address here. */
  readonly carrierReports: readonly CarrierReports[];
  readonly useCases: UseCases;
  /** What carriers sign: a host that a request names itself proves nothing. */
  readonly publicUrl: string;
  readonly now: () => number;
  /** Counts what no carrier signed, by address. A genuine report is taken from an address of forgers too: a proxy may stand
   *  before both. */
  readonly forgeries: Pick<AddressLimit, 'take'>;
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
    const reading = await reports.read(asSigned(request, deps.publicUrl), deps.now());
    if (reading.kind === 'FORGED') {
      const retryAt = await deps.forgeries.take(request.ip);
      refused(retryAt === null ? reading.kind : 'TOO_MANY');
      deps.metrics?.reported(carrier, 'forged');
      if (retryAt === null) return reply.code(401).send();
      return reply
        .code(429)
        .header('retry-after', Math.ceil((retryAt - deps.now()) / 1_000))
        .send();
    }
    if (reading.kind === 'UNREADABLE') {
      refused(reading.kind);
      deps.metrics?.reported(carrier, 'unreadable');
    } else await record(deps, reports, reading, request.id);
    return reply.code(200).send();
  };
}

function asSigned({ raw, headers, body }: FastifyRequest, publicUrl: string): ReportRequest {
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
