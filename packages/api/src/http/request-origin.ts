import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyRequest } from 'fastify';
import type { Origin as ClientOrigin } from '@twofold/core/ports';
import type { Origin } from '../store/audit/audit.store.js';

const current = new AsyncLocalStorage<Origin>();

/** Carries where a request came from to whatever tells of it: its errors, and the audit log. */
export const requestOrigin = {
  run: <T>({ id, ip, headers }: FastifyRequest, work: () => T): T =>
    current.run({ requestId: id, address: ip, device: headers['user-agent'] ?? null }, work),
  /** Where it is known better than by the request. */
  runAs: <T>(origin: Origin, work: () => T): T => current.run(origin, work),
  get: (): Origin | null => current.getStore() ?? null,
};

/** The same as the rules know it. */
export function clientOrigin(): ClientOrigin {
  const origin = requestOrigin.get();
  return { address: origin?.address?.slice(0, 64) ?? null, device: origin?.device?.slice(0, 255) ?? null };
}
