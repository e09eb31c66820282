import { EnableTwoFactorDocument, VerifyTwoFactorCodeDocument } from '@twofold/contract/graphql';
import { SECOND } from '@twofold/core/ports';
import { print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import type { Scene } from '../harness/scene.js';
import { ended, openScene } from '../harness/scene.js';

describe.each(databases)(
  'threat: whoever can write to the database plants a sealed value, on $name',
  ({ open }) => {
    let scene: Scene;
    beforeAll(async () => {
      scene = await openScene(open);
    });
    afterAll(() => scene.close());

    const rowOf = async (table: 'factors' | 'setups', userId: string) => {
      const [row] = await scene.database.database.sql.all<{ id: string; sealed: string }>(
        `SELECT id, sealed FROM ${table} WHERE user_id = ?`,
        [userId],
      );
      if (row === undefined) throw new Error(`No row in ${table}.`);
      return row;
    };
    const plant = (table: 'factors' | 'setups', row: string, sealed: string) =>
      scene.database.database.sql.run(`UPDATE ${table} SET sealed = ? WHERE id = ?`, [sealed, row]);
    const flipped = (sealed: string) => {
      const at = sealed.indexOf('.') + 20;
      return sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
    };
    /** What was logged of refusals since `from`, as it is found by an operator. */
    const refusals = (from: number) =>
      scene.service.log
        .slice(from)
        .map((line) => JSON.parse(line) as { msg: string; level: number; place: unknown; reason: string })
        .filter(({ msg }) => msg === 'A sealed value does not open')
        .map(({ level, place, reason }) => ({ level, place, reason }));

    /** What the audit log says of them, newest last. */
    const audited = (userId: string) =>
      scene.database.database.sql.all(
        `SELECT action, outcome, user_id, organization_id, address, device, request_id FROM audit_events
          WHERE user_id = ? AND action = 'OPEN_SEALED_VALUE' ORDER BY at, id`,
        [userId],
      );

    async function attempt(email: string, code: string) {
      const client = scene.service.client();
      const { challengeToken } = await client.challenge(email);
      return client.send(print(VerifyTwoFactorCodeDocument), { input: { challengeToken, code } });
    }

    it('the attacker’s own, a flipped one, one of another key: masked, logged and audited, nobody is signed in', async () => {
      const [attacker, victim] = [await scene.appUser(), await scene.appUser()];
      const own = await rowOf('factors', victim.id);
      const foreign = await rowOf('factors', attacker.id);
      const moved = 'it was altered or moved';
      const told: unknown[] = [];
      for (const [planted, code, reason] of [
        [foreign.sealed, attacker.app.code(), moved],
        [flipped(own.sealed), victim.app.code(), moved],
        [own.sealed.replace(/^[^.]+/, 'other'), victim.app.code(), 'its key is not in the ring'],
      ] as const) {
        const from = scene.service.log.length;
        const sessions = await scene.database.database.sql.all('SELECT id FROM sessions');
        await plant('factors', own.id, planted);
        const answer = await attempt(victim.email, code);
        expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['INTERNAL_SERVER_ERROR']);
        expect(answer.text).not.toMatch(/sealed|factors|altered|ring/);
        expect(refusals(from)).toEqual([
          { level: 50, place: { table: 'factors', column: 'sealed', row: own.id }, reason },
        ]);
        // It stands although the attempt itself was rolled back.
        const line = {
          action: 'OPEN_SEALED_VALUE',
          outcome: 'ALTERED',
          user_id: victim.id,
          organization_id: scene.signage.id,
          address: '127.0.0.1',
          device: 'node',
          request_id: answer.headers.get('x-request-id'),
        };
        told.push(line);
        await expect.poll(() => audited(victim.id)).toEqual(told);
        const lines = scene.service.log.slice(from).join('\n');
        expect(lines).not.toContain(planted.split('.')[1]);
        expect(await scene.database.database.sql.all('SELECT id FROM sessions')).toHaveLength(
          sessions.length,
        );
      }
      await plant('factors', own.id, own.sealed);
      expect((await attempt(victim.email, victim.app.code())).text).toContain('"__typename":"SignedIn"');
    });

    it('into a set-up: two-factor is not switched on with a secret that the attacker knows', async () => {
      const [attacker, victim] = [await scene.plainUser(), await scene.plainUser()];
      const from = scene.service.log.length;
      for (const { owner } of [attacker, victim])
        await owner.send('mutation { startTwoFactor(input: { method: TOTP }) { __typename } }');
      const own = await rowOf('setups', victim.id);
      await plant('setups', own.id, (await rowOf('setups', attacker.id)).sealed);
      const answer = await victim.owner.send(print(EnableTwoFactorDocument), { input: { code: '123456' } });
      expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['INTERNAL_SERVER_ERROR']);
      expect(refusals(from)).toEqual([
        {
          level: 50,
          place: { table: 'setups', column: 'sealed', row: own.id },
          reason: 'it was altered or moved',
        },
      ]);
      await expect.poll(() => audited(victim.id)).toMatchObject([{ outcome: 'ALTERED' }]);
      expect((await scene.service.signedIn(victim.email)).token).not.toBeNull();
    });

    it('the digest of a text code beside another sign-in: the code that the attacker was sent is no key there', async () => {
      const [attacker, victim] = [await scene.textUser(), await scene.textUser()];
      scene.service.clock.advance(30 * SECOND);
      const challenge = async (email: string) => {
        const { challengeToken } = await scene.service.client().challenge(email);
        return { challengeToken, code: scene.service.outbox.lastCode() };
      };
      const [theirs, own] = [await challenge(victim.email), await challenge(attacker.email)];
      const sql = scene.database.database.sql;
      const [row] = await sql.all<{ digest: string }>(
        'SELECT sent_code_digest AS digest FROM challenges WHERE user_id = ?',
        [attacker.id],
      );
      await sql.run('UPDATE challenges SET sent_code_digest = ? WHERE user_id = ?', [
        row?.digest ?? '',
        victim.id,
      ]);
      const verify = (challengeToken: string, code: string) =>
        ended(scene.service.client(), VerifyTwoFactorCodeDocument, { input: { challengeToken, code } });
      expect(await verify(theirs.challengeToken, own.code)).toBe('INVALID_CODE');
      expect(await verify(own.challengeToken, own.code)).toBe('SignedIn');
    });
  },
);
