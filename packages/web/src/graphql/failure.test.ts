import { ServerError } from '@apollo/client/errors';
import { describe, expect, it } from 'vitest';
import { sortFailure } from './failure.js';

const serverError = (status: number, bodyText: string, headers: Record<string, string> = {}) =>
  new ServerError('Not 200.', { response: new Response(null, { status, headers }), bodyText });

describe('sortFailure', () => {
  it('reads the GraphQL errors of an answer with an error status', () => {
    const body = JSON.stringify({ errors: [{ message: 'No.', extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(sortFailure(serverError(401, body))).toEqual({ kind: 'session-over' });
  });

  it('takes the page of a gateway for an API that cannot be reached', () => {
    expect(sortFailure(serverError(502, '<html>Bad gateway</html>'))).toEqual({ kind: 'network' });
  });

  it('knows a limit that stands before the API', () => {
    expect(sortFailure(serverError(429, ''))).toEqual({ kind: 'limited', retryAt: null });
  });

  it('quotes the number of the request from its header where the body has none', () => {
    expect(sortFailure(serverError(500, 'oops', { 'x-request-id': 'r3' }))).toEqual({
      kind: 'bug',
      requestId: 'r3',
    });
  });

  it('calls a fault of this program a bug, not a lost network', () => {
    expect(sortFailure(new RangeError('x'))).toEqual({ kind: 'bug', requestId: null });
  });
});
