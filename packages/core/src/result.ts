import type { Problem, ProblemCode } from './problem.js';
import { problem } from './problem.js';

/** What a use case answers: its value, or a problem that a person can mend. Exceptions are bugs or outages. */
export type Result<T> = Ok<T> | Failure;

export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}

export interface Failure {
  readonly ok: false;
  readonly problem: Problem;
}

export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

/** `detail.field` names the input field at fault, `detail.retryAt` the moment from which waiting has helped. */
export function fail(code: ProblemCode, detail: { field?: string; retryAt?: number } = {}): Failure {
  return { ok: false, problem: problem(code, detail) };
}
