import type { AddressLimit } from '@twofold/core/ports';
import type { UseCases } from '@twofold/core/use-cases';
import { carrierNames, reportPath } from '@twofold/factors/server';
import type { Reading, ReportReader, SmsCarrier } from '@twofold/factors/server';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Instruments } from '../metrics/instruments.js';
import { requestOrigin } from './request-origin.js';

export interface CarrierReportsDeps {
  /** Of the carriers whose reports are taken; others have no address here. */
  readonly reportReaders: ReadonlyMap<SmsCarrier, ReportReader>;
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
    for (const [carrier, reader] of deps.reportReaders) {
      scope.route({
        method: ['GET', 'POST'],
        url: reportPath(carrier),
        bodyLimit: MAX_REPORT,
        exposeHeadRoute: false,
        handler: takeReport(deps, carrier, reader),
      });
    }
    done();
  });
}

function takeReport(deps: CarrierReportsDeps, carrier: SmsCarrier, reader: ReportReader) {
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
    const reading = await reader(asSigned(request, deps.publicUrl), deps.now());
    if (reading.kind === 'FORGED') {
      refused(reading.kind);
      deps.metrics?.reported(carrier, 'forged');
      return reply.code(401).send();
    }
    await deps.forgeries.giveBack(request.ip);
    if (reading.kind === 'UNREADABLE') {
      refused(reading.kind);
      deps.metrics?.reported(carrier, 'unreadable');
    } else await record(deps, carrier, reading, request.id);
    return reply.code(200).send();
  };
}

function asSigned({ raw, headers, body }: FastifyRequest, publicUrl: string) {
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
  carrier: SmsCarrier,
  { report, errorCode }: Extract<Reading, { kind: 'REPORT' }>,
  requestId: string,
): Promise<void> {
  const device = carrierNames[carrier] + (errorCode === null ? '' : `, error ${errorCode}`);
  const end = await requestOrigin.runAs({ requestId, address: null, device }, () =>
    useCases.recordTextDelivery(report),
  );
  if (end.kind === 'RECORDED')
    metrics?.reported(carrier, words[report.outcome ?? 'PENDING'], end.after / 1_000);
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
