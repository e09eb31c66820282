import type { AuditEventFilter, AuditEventsQuery } from '@twofold/contract/graphql';
import { AuditEventsCsvDocument, AuditEventsDocument } from '@twofold/contract/graphql';
import { sealAuditLog } from '@twofold/core/audit/seal-audit-log';
import { trimAuditLog } from '@twofold/core/audit/trim-audit-log';
import { verifyAuditLog } from '@twofold/core/audit/verify-audit-log';
import { DAY } from '@twofold/core/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditChainStore } from '../../src/store/audit/audit-chain.store.js';
import { databases } from '../databases/open-test-database.js';
import type { Client } from '../harness/client.js';
import type { Scene } from '../harness/scene.js';
import { atOnce, openScene } from '../harness/scene.js';

describe.each(databases)('the audit log, on $name', ({ open }) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(open);
  });
  afterAll(() => scene.close());

  const sql = (text: string, values: (string | number)[] = []) =>
    scene.service.service.database.sql.run(text, values);
  const rows = <T extends object>(text: string) => scene.service.service.database.sql.all<T>(text);
  const parts = () => {
    const { database, deps } = scene.service.service;
    return { ...deps, chain: auditChainStore(database) };
  };
  const seal = () => sealAuditLog(parts())();
  const verify = () => verifyAuditLog(parts())();
  const events = async (client: Client, filter: Partial<AuditEventFilter> = {}) =>
    (await client.run(AuditEventsDocument, { first: 100, filter: { everybody: false, ...filter } }))
      .auditEvents.nodes;

  it('has one line for every attempt, with its outcome, factor, session, address, device and request', async () => {
    const { email, owner, app } = await scene.appUser();
    await scene.service.client().signIn(email, 'wrong password');
    const { challengeToken } = await scene.service.client().challenge(email);
    const verify = (code: string) =>
      owner.send(
        `mutation { verifyTwoFactorCode(input: { challengeToken: "${challengeToken}", code: "${code}" }) { __typename } }`,
        {},
        { 'user-agent': 'Test Browser 1.0' },
      );
    await verify(app.code(5));
    const answer = await verify(app.code());
    expect(answer.data).toEqual({ verifyTwoFactorCode: { __typename: 'SignedIn' } });
    await owner.confirmPassword();
    const told = (await events(owner)).map(({ action, outcome }) => `${action} ${outcome}`);
    expect(told).toEqual([
      'CONFIRM_PASSWORD DONE',
      'VERIFY_TWO_FACTOR_CODE DONE',
      'VERIFY_TWO_FACTOR_CODE INVALID_CODE',
      'SIGN_IN CHALLENGED',
      'SIGN_IN INVALID_CREDENTIALS',
      'ENABLE_TWO_FACTOR DONE',
      'START_TWO_FACTOR DONE',
      'SIGN_IN DONE',
    ]);
    const [, done] = await events(owner);
    expect(done).toMatchObject({ method: 'TOTP', address: '127.0.0.1', device: 'Test Browser 1.0' });
    const [line] = await rows<{ request_id: string; session_id: string }>(
      "SELECT request_id, session_id FROM audit_events WHERE device = 'Test Browser 1.0' AND outcome = 'DONE'",
    );
    expect(line?.request_id).toBe(answer.headers.get('x-request-id'));
    expect(line?.session_id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('has a line also for what was refused before anything was done', async () => {
    const { owner } = await scene.plainUser();
    const weak = 'input: { currentPassword: "x", newPassword: "short" }';
    await owner.send(`mutation { changePassword(${weak}) { __typename } }`);
    await owner.send('mutation { disableTwoFactor(input: { password: "x" }) { __typename } }');
    await owner.send('mutation { startTwoFactor(input: { method: SMS, phoneNumber: "1" }) { __typename } }');
    expect((await events(owner)).map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'START_TWO_FACTOR PHONE_NUMBER_INVALID',
      'DISABLE_TWO_FACTOR TWO_FACTOR_NOT_ENABLED',
      'CHANGE_PASSWORD PASSWORD_TOO_WEAK',
      'SIGN_IN DONE',
    ]);
  });

  it('tells of nothing that was rolled back', async () => {
    const { owner, email } = await scene.plainUser();
    const { deps } = scene.service.service;
    const attempt = { action: 'SIGN_OUT', outcome: 'DONE', method: null, sessionId: null } as const;
    const credentials = await deps.users.credentialsByEmail(email);
    const userId = credentials?.user.id ?? null;
    await expect(
      deps.transaction(async () => {
        await deps.audit.record({ ...attempt, userId, organizationId: scene.signage.id });
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect((await events(owner)).map(({ action }) => action)).toEqual(['SIGN_IN']);
    await expect(deps.audit.record({ ...attempt, userId, organizationId: null })).rejects.toThrow(
      /transaction/,
    );
  });

  it('shows a member the own lines alone, an administrator the organisation’s, and nobody another organisation’s', async () => {
    const { owner: member, id } = await scene.plainUser();
    const admin = await scene.service.signedIn((await scene.signage.user({ role: 'ADMIN' })).email);
    const elsewhere = await scene.service.organization();
    const stranger = await scene.service.signedIn((await elsewhere.user({ role: 'OWNER' })).email);
    expect(new Set((await events(member)).map(({ userId }) => userId))).toEqual(new Set([id]));
    for (const filter of ['{ everybody: true }', `{ userId: "someone-else" }`]) {
      const refused = await member.send(`{ auditEvents(filter: ${filter}) { nodes { id } } }`);
      expect(refused.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    expect((await events(admin, { everybody: true })).some(({ userId }) => userId === id)).toBe(true);
    expect(await events(admin, { userId: id })).not.toHaveLength(0);
    expect(await events(stranger, { userId: id })).toEqual([]);
    expect((await events(stranger, { everybody: true })).length).toBe(1);
  });

  it('pages without a gap or a double, and filters by action, outcome and time', async () => {
    const { owner } = await scene.plainUser();
    for (let i = 0; i < 6; i++) await owner.confirmPassword(i % 2 === 0 ? undefined : 'wrong password');
    const seen: string[] = [];
    let after: string | null | undefined = null;
    do {
      const { auditEvents }: AuditEventsQuery = await owner.run(AuditEventsDocument, {
        first: 2,
        after,
        filter: { everybody: false },
      });
      seen.push(...auditEvents.nodes.map(({ id }) => id));
      after = auditEvents.pageInfo.hasNextPage ? auditEvents.pageInfo.endCursor : null;
    } while (after);
    expect(new Set(seen).size).toBe(7);
    expect(seen).toHaveLength(7);
    expect(await events(owner, { action: 'CONFIRM_PASSWORD', succeeded: false })).toHaveLength(3);
    expect(await events(owner, { since: new Date(scene.now() + 1).toISOString() })).toEqual([]);
    for (const first of [0, -1, 101]) {
      const refused = await owner.send(`{ auditEvents(first: ${String(first)}) { nodes { id } } }`);
      expect([first, refused.errors?.[0]?.extensions.code]).toEqual([first, 'BAD_USER_INPUT']);
    }
    const foreign = await owner.send('{ auditEvents(after: "bm90IG91cnM") { nodes { id } } }');
    expect(foreign.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('threat: a device that is a formula does not run in a spreadsheet', async () => {
    const { owner } = await scene.plainUser();
    await owner.send(
      'mutation { confirmPassword(input: { password: "x" }) { __typename } }',
      {},
      { 'user-agent': '=cmd|"/c calc"!A1' },
    );
    const { auditEventsCsv } = await owner.run(AuditEventsCsvDocument, { filter: { everybody: false } });
    const lines = auditEventsCsv.split('\r\n');
    expect(lines[0]).toContain('"at","action","outcome"');
    expect(auditEventsCsv).toContain(`"'=cmd|""/c calc""!A1"`);
  });

  it('is chained, whoever seals, and the chain holds', async () => {
    await atOnce(10, () => scene.plainUser());
    const sealed = await atOnce(4, seal);
    expect(sealed.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
    expect(await rows('SELECT id FROM audit_events WHERE position IS NULL')).toEqual([]);
    expect(await verify()).toMatchObject({ whole: true, from: 1 });
  });

  it('threat: a line that is altered, deleted or cut off at the end is named', async () => {
    await scene.plainUser();
    await seal();
    const [victim] = await rows<{ id: string; position: number; outcome: string }>(
      'SELECT id, position, outcome FROM audit_events WHERE position = 3',
    );
    if (!victim) throw new Error('no third line');
    await sql("UPDATE audit_events SET outcome = 'SMS_NOT_SENT' WHERE position = 3");
    expect(await verify()).toEqual({ whole: false, first: { position: 3, id: victim.id, fault: 'ALTERED' } });
    await sql('UPDATE audit_events SET outcome = ? WHERE position = 3', [victim.outcome]);
    expect(await verify()).toMatchObject({ whole: true });

    await sql('UPDATE audit_events SET position = -3 WHERE position = 3');
    expect(await verify()).toEqual({ whole: false, first: { position: 3, id: null, fault: 'MISSING' } });
    await sql('UPDATE audit_events SET position = 3 WHERE position = -3');

    const [last] = await rows<{ position: number }>('SELECT MAX(position) AS position FROM audit_events');
    await sql('UPDATE audit_events SET position = -1 WHERE position = ?', [last?.position ?? 0]);
    expect(await verify()).toEqual({ whole: false, first: { fault: 'END_CUT_OFF' } });
    await sql('UPDATE audit_events SET position = ? WHERE position = -1', [last?.position ?? 0]);
    expect(await verify()).toMatchObject({ whole: true });
  });

  it('keeps what is younger when it is trimmed, from a signed checkpoint on', async () => {
    await seal();
    scene.service.clock.advance(100 * DAY);
    await scene.plainUser();
    await seal();
    const before = await verify();
    const deleted = await trimAuditLog(parts())(90);
    expect(deleted).toBeGreaterThan(0);
    expect(await verify()).toEqual({
      whole: true,
      from: deleted + 1,
      lines: before.whole ? before.lines - deleted : -1,
    });
    await sql('UPDATE audit_checkpoints SET made_at = made_at + 1');
    expect(await verify()).toEqual({ whole: false, first: { fault: 'CHECKPOINT_FORGED' } });
    await sql('UPDATE audit_checkpoints SET made_at = made_at - 1');
    expect(await trimAuditLog(parts())(90)).toBe(0);
  });
});
