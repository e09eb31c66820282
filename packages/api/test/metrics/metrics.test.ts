import {
  ConfirmPasswordDocument,
  SignInDocument,
  VerifyTwoFactorCodeDocument,
} from '@twofold/contract/graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveMetrics } from '../../src/metrics/serve-metrics.js';
import { openSqlite } from '../databases/open-test-database.js';
import { otherThan } from '../harness/outbox.js';
import { PASSWORD } from '../harness/password.js';
import type { Scene } from '../harness/scene.js';
import { ended, openScene, wrongFor } from '../harness/scene.js';

describe('metrics', () => {
  let scene: Scene;
  let server: Server;
  beforeAll(async () => {
    scene = await openScene(openSqlite, { config: { metrics: { host: '127.0.0.1', port: 0 } } });
    const registry = scene.service.service.instruments?.registry;
    if (!registry) throw new Error('Nothing is counted.');
    server = await serveMetrics({ host: '127.0.0.1', port: 0 }, registry);
  });
  afterAll(async () => {
    server.close();
    await scene.close();
  });

  const get = (path: string, method = 'GET') =>
    fetch(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}${path}`, { method });
  const read = async () => (await get('/metrics')).text();
  /** The value of one series; 0 where there is none yet. */
  const valueOf = async (series: string) =>
    Number(
      (await read())
        .split('\n')
        .find((line) => line.startsWith(`${series} `))
        ?.split(' ')[1] ?? 0,
    );

  it('count attempts by action and outcome, texts, answers and errors', async () => {
    const { email } = await scene.textUser();
    const client = scene.service.client();
    const { challengeToken } = await client.challenge(email);
    const verify = (code: string) =>
      ended(client, VerifyTwoFactorCodeDocument, { input: { challengeToken, code } });
    expect(await verify(otherThan(scene.service.outbox.lastCode()))).toBe('INVALID_CODE');
    expect(await verify(scene.service.outbox.lastCode())).toBe('SignedIn');
    await client.send('{ users { totalCount } }');

    const attempt = (action: string, outcome: string) =>
      valueOf(`twofold_attempts_total{action="${action}",outcome="${outcome}"}`);
    expect(await attempt('SIGN_IN', 'DONE')).toBe(1);
    expect(await attempt('SIGN_IN', 'CHALLENGED')).toBe(1);
    expect(await attempt('VERIFY_TWO_FACTOR_CODE', 'INVALID_CODE')).toBe(1);
    expect(await attempt('VERIFY_TWO_FACTOR_CODE', 'DONE')).toBe(1);
    expect(await valueOf('twofold_texts_total{outcome="taken"}')).toBe(2);
    expect(await valueOf('twofold_operation_errors_total{code="UNAUTHENTICATED"}')).toBe(1);
    expect(
      await valueOf('twofold_http_request_seconds_count{route="/graphql",status="200"}'),
    ).toBeGreaterThan(5);
    expect(await valueOf('twofold_passwords_waiting')).toBe(0);
    expect(await valueOf('process_resident_memory_bytes')).toBeGreaterThan(0);
  });

  it('count a text that the carrier does not take', async () => {
    const { email } = await scene.textUser();
    scene.service.clock.advance(60_000);
    scene.service.outbox.carrierDown = true;
    await scene.service.client().challenge(email);
    scene.service.outbox.carrierDown = false;
    expect(await valueOf('twofold_texts_total{outcome="failed"}')).toBe(1);
  });

  it('threat: they tell nothing of anybody: no id, address, email, password, code, token or phone', async () => {
    const { id, email, phone } = await scene.textUser();
    const app = await scene.appUser();
    const client = scene.service.client();
    await ended(client, SignInDocument, {
      input: { email: 'canary@nowhere.example', password: 'canary password' },
    });
    await ended(app.owner, ConfirmPasswordDocument, { input: { password: 'another canary' } });
    const { challengeToken } = await client.challenge(app.email);
    const wrong = wrongFor(app.app);
    await ended(client, VerifyTwoFactorCodeDocument, { input: { challengeToken, code: wrong } });
    await fetch(`${scene.service.url}/canary/path?canary=1`);
    const text = await read();
    const canaries = [
      id,
      email,
      phone,
      PASSWORD,
      'canary',
      challengeToken,
      app.owner.token ?? '',
      app.recoveryCode,
    ];
    for (const canary of [...canaries, scene.service.outbox.lastCode(), '127.0.0.1']) {
      expect(text).not.toContain(canary);
    }
    expect(text).toContain('route="none"');
  });

  it('are at one path of a port of their own, and not on that of the API', async () => {
    expect((await get('/metrics')).headers.get('content-type')).toContain('text/plain');
    for (const [path, method] of [
      ['/', 'GET'],
      ['/metrics/', 'GET'],
      ['/metrics', 'POST'],
    ] as const) {
      expect((await get(path, method)).status).toBe(404);
    }
    expect((await fetch(`${scene.service.url}/metrics`)).status).toBe(404);
  });
});
