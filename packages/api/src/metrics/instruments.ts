import type { AuditLog } from '@twofold/core/audit/audit-log';
import type { SmsSender } from '@twofold/factors/server';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What a carrier's report on a text came to. */
export const reportOutcomes = [
  'delivered',
  'undelivered',
  'expired',
  'pending',
  'repeated',
  'unknown',
  'unreadable',
  'forged',
] as const;

/** What is counted. Every label has few values, all of them the program's own: no id, address, email or text of a request. */
export interface Instruments {
  readonly registry: Registry;
  /** An HTTP answer; `seconds` from the first byte of the request. */
  answered(route: string, status: number, seconds: number): void;
  /** An operation that ended in errors[], by the code of each error. */
  refused(code: string): void;
  /** Passes the log through, and counts its lines. */
  countingAttempts(audit: AuditLog): AuditLog;
  /** What a carrier's report came to; of a text that arrived, `seconds` since it was asked for. */
  reported(carrier: string, outcome: (typeof reportOutcomes)[number], seconds?: number): void;
  /** Passes the carrier through, and counts what it took and what not. */
  countingTexts(sender: SmsSender): SmsSender;
}

/** @param waiting how many passwords wait for their turn to be hashed */
export function createInstruments(waiting: () => number): Instruments {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'twofold_http_request_seconds',
    help: 'Time from a request to its answer, by route and status.',
    labelNames: ['route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 6],
    registers,
  });
  const errors = new Counter({
    name: 'twofold_operation_errors_total',
    help: 'Errors of operations, by code. Problems are no errors: they are attempts.',
    labelNames: ['code'],
    registers,
  });
  const attempts = new Counter({
    name: 'twofold_attempts_total',
    help: 'Lines of the audit log, by action and outcome.',
    labelNames: ['action', 'outcome'],
    registers,
  });
  const texts = new Counter({
    name: 'twofold_texts_total',
    help: 'Text messages handed to a carrier: taken or failed.',
    labelNames: ['outcome'],
    registers,
  });
  const reports = new Counter({
    name: 'twofold_delivery_reports_total',
    help: `Reports of carriers on texts: ${reportOutcomes.join(', ')}.`,
    labelNames: ['carrier', 'outcome'],
    registers,
  });
  const deliveries = new Histogram({
    name: 'twofold_text_delivery_seconds',
    help: 'Time from asking for a text to its arrival on the phone, as its carrier reported it.',
    labelNames: ['carrier'],
    buckets: [1, 2, 5, 10, 20, 30, 60, 120, 300, 600],
    registers,
  });
  new Gauge({
    name: 'twofold_passwords_waiting',
    help: 'Passwords that wait to be hashed.',
    registers,
    collect() {
      this.set(waiting());
    },
  });

  return {
    registry,
    answered: (route, status, seconds) => requests.observe({ route, status }, seconds),
    refused: (code) => errors.inc({ code }),
    reported(carrier, outcome, seconds) {
      reports.inc({ carrier, outcome });
      if (outcome === 'delivered' && seconds !== undefined) deliveries.observe({ carrier }, seconds);
    },
    countingAttempts: (audit) => ({
      ...audit,
      async record(entry) {
        await audit.record(entry);
        attempts.inc({ action: entry.action, outcome: entry.outcome });
      },
    }),
    countingTexts: (sender) => ({
      async send(message, within) {
        try {
          const receipt = await sender.send(message, within);
          texts.inc({ outcome: 'taken' });
          return receipt;
        } catch (error) {
          texts.inc({ outcome: 'failed' });
          throw error;
        }
      },
    }),
  };
}
