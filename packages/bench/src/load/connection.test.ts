import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Connection } from './connection.js';
import { openConnection, parse } from './connection.js';
import { drive } from './drive.js';

const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const body = Buffer.concat(parts).toString();
    if (request.url === '/gone') return request.socket.destroy();
    response.setHeader('set-cookie', ['a=1; Path=/; HttpOnly', 'b=; Max-Age=0']);
    // Written in parts it goes out in chunks.
    for (const part of [body, 'ü'.repeat(40_000)]) response.write(part);
    response.end();
  });
});
let connection: Connection;
let port = 0;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
  connection = await openConnection(port);
});

afterAll(() => {
  connection.close();
  server.closeAllConnections();
  server.close();
});

test('one connection carries one request after the other', async () => {
  for (const text of ['first', 'zweite ä']) {
    const response = await connection.send({ method: 'POST', path: '/', body: text });
    expect(response.status).toBe(200);
    expect(response.body).toBe(text + 'ü'.repeat(40_000));
    expect(response.cookies).toEqual(['a=1', 'b=']);
  }
});

test('a connection that is cut fails the request', async () => {
  const cut = await openConnection(port);
  await expect(cut.send({ method: 'GET', path: '/gone' })).rejects.toThrow();
});

test('a part of an answer is none yet', () => {
  const whole = Buffer.from('HTTP/1.1 201 Created\r\nContent-Length: 4\r\n\r\nbody');
  for (let length = 0; length < whole.length; length++) expect(parse(whole.subarray(0, length))).toBeNull();
  expect(parse(whole)).toMatchObject({ status: 201, body: 'body' });
  const chunked = Buffer.from(
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n',
  );
  expect(parse(chunked.subarray(0, -2))).toBeNull();
  expect(parse(chunked)?.body).toBe('abc');
});

test('work is spread over the connections and its results stay in order; one failure ends all', async () => {
  const lanes = await Promise.all([openConnection(port), openConnection(port)]);
  const jobs = ['a', 'b', 'c', 'd', 'e'];
  const { results, latencies } = await drive(lanes, jobs, async (lane, job) =>
    (await lane.send({ method: 'POST', path: '/', body: job })).body.charAt(0),
  );
  expect(results).toEqual(jobs);
  expect(latencies).toHaveLength(jobs.length);
  const wrong = drive(lanes, jobs, async (_lane, job) => {
    if (job === 'c') throw new Error('a wrong answer');
    return job;
  });
  await expect(wrong).rejects.toThrow('a wrong answer');
  for (const lane of lanes) lane.close();
});
