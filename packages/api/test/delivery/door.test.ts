import { SignInDocument } from '@twofold/contract/graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSqlite } from '../databases/open-test-database.js';
import { openService } from '../harness/open-service.js';
import { PASSWORD } from '../harness/password.js';
import type { ReportingScene } from './reporting-scene.js';
import { carriers, openReportingScene, SOON } from './reporting-scene.js';
import { birdReport, messageBirdReport } from './signed-report.js';

/** What comes in before any database is asked. */
describe('the door for carriers', () => {
  let scene: ReportingScene;
  beforeAll(async () => {
    scene = await openReportingScene(openSqlite);
  });
  afterAll(() => scene.close());

  const unknown = () => ({ id: 'no-such-message', status: 'delivered', at: scene.now() });
  const counted = (carrier: string, outcome: string) =>
    scene.counted(`twofold_delivery_reports_total{carrier="${carrier}",outcome="${outcome}"}`);

  it('MessageBird is told where it is, with each text, and under a reference that tells nothing', async () => {
    scene.use('messagebird');
    const { phone } = await scene.textUser();
    const sent = JSON.parse(scene.asked.messagebird.requests.at(-1) ?? '') as Record<string, string>;
    expect(sent['reportUrl']).toBe('http://dashboard.example/webhooks/messages/messagebird');
    expect(sent['reference']).toMatch(/^[0-9a-f-]{36}$/);
    expect(sent['reference']).not.toContain(scene.service.outbox.lastCode());
    expect(sent['reference']).not.toContain(phone.slice(-6));
  });

  it('is there for carriers whose signing key is set, and for no other', async () => {
    const keyless = { ...carriers.messagebird, signingKey: null };
    const config = { sms: { driver: 'carriers', carriers: [keyless, carriers.bird] } } as const;
    const service = await openService(scene.database, { sharing: scene.service, config });
    const asks = async (path: string, accept = '*/*') =>
      (await fetch(`${service.url}/webhooks/messages/${path}`, { headers: { accept } })).status;
    expect([await asks('messagebird'), await asks('messagebird', 'text/html')]).toEqual([404, 404]);
    expect([await asks('bird'), await asks('pigeon'), await asks('')]).toEqual([401, 404, 404]);
    await service.close();
    const plain = await openService(scene.database, { sharing: scene.service });
    expect((await fetch(`${plain.url}/webhooks/messages/bird`, { method: 'POST' })).status).toBe(404);
    await plain.close();
  });

  it('heeds the signature alone: no origin, no cookie, no content type, and it sets none', async () => {
    const odd = { origin: 'https://elsewhere.example', cookie: 'twofold_session=x', 'content-type': 'a/b' };
    for (const signed of [birdReport(unknown()), messageBirdReport(unknown())]) {
      const answer = await scene.report(signed, odd);
      expect([answer.status, answer.headers.get('set-cookie')]).toEqual([200, null]);
    }
  });

  it('takes a report in whichever of the two ways it comes, and in no third', async () => {
    const report = messageBirdReport(unknown());
    expect((await scene.report({ ...report, method: 'POST' })).status).toBe(200);
    for (const method of ['HEAD', 'PUT', 'DELETE'])
      expect((await fetch(scene.service.url + report.path, { method, headers: report.headers })).status).toBe(
        404,
      );
  });

  it('threat: a body that has no end, or is packed', async () => {
    const report = birdReport(unknown());
    const large = { ...report, body: ' '.repeat(16 * 1024 + 1) };
    expect((await scene.report(large)).status).toBe(413);
    expect((await scene.report({ ...report, body: ' '.repeat(16 * 1024) })).status).toBe(401);
    expect((await scene.report(report, { 'content-encoding': 'gzip' })).status).toBe(415);
  });

  it('what a carrier signed and nobody can read is counted, and not asked for again', async () => {
    const before = await counted('bird', 'unreadable');
    expect((await scene.report(birdReport({ ...unknown(), status: 'teleported' }))).status).toBe(200);
    expect((await scene.report(birdReport({ ...unknown(), id: "x' OR 1=1" }))).status).toBe(200);
    expect(await counted('bird', 'unreadable')).toBe(before + 2);
  });

  it('a text whose note cannot be written is sent all the same, and somebody signs in by it', async () => {
    const { sql } = scene.service.service.database;
    const { email } = await scene.textUser();
    scene.service.clock.advance(60_000);
    await sql.run('ALTER TABLE sent_texts RENAME TO elsewhere');
    const input = { email, password: PASSWORD, transport: 'BEARER' } as const;
    const { signIn } = await scene.service.client().run(SignInDocument, { input });
    expect(signIn).toMatchObject({ delivery: { slot: 'PRIMARY' }, deliveryProblem: null });
    expect(scene.service.log.join('\n')).toContain('its delivery report will not be known');
    // A report that cannot be written down now is asked for again, and then it counts.
    const report = birdReport(unknown());
    expect((await scene.report(report)).status).toBe(500);
    await sql.run('ALTER TABLE elsewhere RENAME TO sent_texts');
    expect((await scene.report(report)).status).toBe(200);
  });

  it('threat: the log keeps the number that a report names', async () => {
    scene.use('messagebird');
    await scene.textUser();
    const id = scene.newestId();
    scene.service.clock.advance(SOON);
    for (const status of ['delivered', 'nonsense'])
      await scene.report(messageBirdReport({ id, status, at: scene.now() }));
    await scene.report(
      messageBirdReport({ id, status: 'delivered', at: scene.now() }, 'another-signing-key'),
    );
    const log = scene.service.log.join('\n');
    expect(log).toContain('A report was refused');
    expect(log).not.toContain('4915123400000');
  });

  it('threat: forgeries by the thousand: one address has 300 in five minutes; what is rightly signed is taken all the same', async () => {
    const config = { sms: { driver: 'carriers', carriers: [carriers.bird] } } as const;
    const service = await openService(scene.database, { sharing: scene.service, config });
    const right = birdReport(unknown());
    const send = (headers: Record<string, string>) =>
      fetch(service.url + right.path, { method: 'POST', headers, body: right.body ?? '' });
    // What is rightly signed takes nothing of it.
    for (let i = 0; i < 20; i++) expect((await send(right.headers)).status).toBe(200);
    const forged = { ...right.headers, 'messagebird-signature': 'AAAA' };
    for (let i = 0; i < 300; i++) expect((await send(forged)).status).toBe(401);
    const answer = await send(forged);
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(200);
    // A proxy may stand before the forger and the carrier.
    expect((await send(right.headers)).status).toBe(200);
    await service.close();
  });
});
