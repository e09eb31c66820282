import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { v7 } from 'uuid';
import type { Floor, Origin } from './floor.js';
import { useSession, usersPage, whoAmI } from './reads.js';
import type { SignInInput } from './sign-in.js';
import { signIn } from './sign-in.js';
import type { VerifyCodeInput } from './verify-code.js';
import { verifyCode } from './verify-code.js';

/** One path for each operation of the contract that is measured; the body holds the variables alone. */
export function floorServer(floor: Floor): Server {
  return createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      answer(floor, request, Buffer.concat(parts).toString()).then(
        (data) => (data === null ? send(response, 401, REFUSED) : send(response, 200, { data })),
        (error: unknown) => send(response, 500, { error: String(error) }),
      );
    });
  });
}

const REFUSED = { errors: [{ message: 'This token is not, or no longer, valid.' }] };

function send(response: ServerResponse, status: number, body: object): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response
    .writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': bytes.length,
      'cache-control': 'no-store',
    })
    .end(bytes);
}

/** The data of the answer; null where a session is missing. */
async function answer(floor: Floor, request: IncomingMessage, text: string): Promise<object | null> {
  const body = JSON.parse(text) as { input?: unknown; first?: number };
  const origin: Origin = {
    address: request.socket.remoteAddress ?? 'unknown',
    device: request.headers['user-agent'] ?? null,
    requestId: v7(),
  };
  const token = /^Bearer +([^ ]+) *$/i.exec(request.headers.authorization ?? '')?.[1];
  const session = token === undefined ? null : useSession(floor, token);
  if (token !== undefined && session === null) return null;
  switch (request.url) {
    case '/SignIn':
      return { signIn: await signIn(floor, origin, body.input as SignInInput) };
    case '/VerifyTwoFactorCode':
      return { verifyTwoFactorCode: verifyCode(floor, origin, body.input as VerifyCodeInput) };
    case '/Viewer':
      return whoAmI(floor, session);
    case '/Users':
      return session && usersPage(floor, session, body.first ?? 25, true);
    case '/UsersWithoutTotal':
      return session && usersPage(floor, session, body.first ?? 25, false);
    default:
      throw new Error(`No such path: ${String(request.url)}`);
  }
}
