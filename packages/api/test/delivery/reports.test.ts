import { AuditEventsDocument } from '@twofold/contract/graphql';
import { HOUR } from '@twofold/core/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import { openService } from '../harness/open-service.js';
import { atOnce } from '../harness/scene.js';
import type { ReportingScene } from './reporting-scene.js';
import { carriers, openReportingScene, SOON } from './reporting-scene.js';
import { birdReport, messageBirdReport } from './signed-report.js';

const each = [
  { carrier: 'messagebird', name: 'MessageBird', signed: messageBirdReport },
  { carrier: 'bird', name: 'Bird', signed: birdReport },
] as const;

describe.each(databases)('delivery reports, on $name', ({ open }) => {
  let scene: ReportingScene;
  beforeAll(async () => {
    scene = await openReportingScene(open);
  });
  afterAll(() => scene.close());

  describe.each(each)('of $name', ({ carrier, name, signed }) => {
    beforeAll(() => scene.use(carrier));

    /** Somebody who was texted a moment ago, and the id of that text. */
    async function texted() {
      const person = await scene.textUser();
      const messageId = scene.newestId();
      scene.service.clock.advance(SOON);
      const tell = (status: string, code?: number) =>
        scene.report(signed({ id: messageId, status, at: scene.now(), ...(code !== undefined && { code }) }));
      return { ...person, messageId, tell };
    }
    const reports = (outcome: string) =>
      scene.counted(`twofold_delivery_reports_total{carrier="${carrier}",outcome="${outcome}"}`);

    it('a text that arrived is a line in the activity of who was texted, and counted with its time', async () => {
      const before = [await reports('delivered'), await reports('pending')] as const;
      const { id: userId, owner, tell } = await texted();
      for (const status of ['sent', 'delivered']) expect((await tell(status)).status).toBe(200);
      const lines = await scene.textsOf(owner);
      expect(lines).toEqual([
        expect.objectContaining({ outcome: 'DONE', userId, method: 'SMS', device: name, address: null }),
      ]);
      expect([await reports('delivered'), await reports('pending')]).toEqual([before[0] + 1, before[1] + 1]);
      const seconds = `twofold_text_delivery_seconds_bucket{le="5",carrier="${carrier}"}`;
      expect(await scene.counted(seconds)).toBeGreaterThan(0);
    });

    it('one that did not is a line too, with the error code of the carrier', async () => {
      const { owner, tell } = await texted();
      await tell('delivery_failed', 101);
      expect(await scene.textsOf(owner)).toEqual([
        expect.objectContaining({ outcome: 'UNDELIVERED', device: `${name}, error 101` }),
      ]);
      const filter = { everybody: false, succeeded: false } as const;
      const refused = await owner.run(AuditEventsDocument, { first: 5, filter });
      expect(refused.auditEvents.nodes.map(({ action }) => action)).toEqual(['DELIVER_TEXT']);
    });

    it('repeated and out of order: a phone that has the text keeps it, and nothing is told twice', async () => {
      const { owner, tell } = await texted();
      for (const status of ['delivery_failed', 'sent', 'delivered', 'delivery_failed', 'delivered', 'sent'])
        expect((await tell(status)).status).toBe(200);
      expect((await scene.textsOf(owner)).map(({ outcome }) => outcome)).toEqual(['UNDELIVERED', 'DONE']);
    });

    it('20 at once, on two nodes, are one line', async () => {
      const { owner, messageId: id } = await texted();
      const config = { sms: { driver: 'carriers', carriers: [carriers[carrier]] } } as const;
      const other = await openService(scene.database, { sharing: scene.service, config });
      const { path, method, headers, body } = signed({ id, status: 'delivered', at: scene.now() });
      const answers = await atOnce(20, (i) =>
        fetch((i % 2 === 0 ? scene.service : other).url + path, { method, headers, ...(body && { body }) }),
      );
      await other.close();
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      expect(await scene.textsOf(owner)).toHaveLength(1);
    });

    it('threat: whether there is such a message cannot be learnt, and is counted', async () => {
      const before = await reports('unknown');
      const { tell, messageId: id, owner } = await texted();
      const known = await tell('delivered');
      const unknown = await scene.report(
        signed({ id: id.replace(/^./, 'g'), status: 'delivered', at: scene.now() }),
      );
      const seen = async (answer: Response) => {
        const { headers, status } = answer;
        return [status, await answer.text(), [...headers.keys()], headers.get('cache-control')];
      };
      expect(await seen(unknown)).toEqual(await seen(known));
      expect(unknown.headers.get('cache-control')).toBe('no-store');
      expect(await reports('unknown')).toBe(before + 1);
      expect(await scene.textsOf(owner)).toHaveLength(1);
    });

    it('threat: somebody else reports: nothing is believed without the signature of this carrier', async () => {
      const { owner, messageId: id } = await texted();
      const before = await reports('forged');
      const told = { id, status: 'delivered', at: scene.now() };
      const right = signed(told);
      const forged = [
        { ...right, headers: {} },
        signed(told, 'another-signing-key-than-this'),
        { ...right, path: `${right.path}${right.path.includes('?') ? '&' : '?'}x=1` },
        signed({ ...told, at: scene.now() - 10 * HOUR }),
        signed({ ...told, at: scene.now() + HOUR }),
      ];
      for (const report of forged) expect((await scene.report(report)).status).toBe(401);
      // The other carrier's signature is none of this one's.
      const other = carrier === 'bird' ? messageBirdReport(told) : birdReport(told);
      expect((await scene.report({ ...other, path: right.path.split('?')[0] ?? '' })).status).toBe(401);
      expect(await scene.textsOf(owner)).toEqual([]);
      expect(await reports('forged')).toBe(before + forged.length + 1);
    });

    it('threat: a report that was overheard says nothing new, and after its time nothing at all', async () => {
      const { owner, messageId } = await texted();
      const overheard = signed({ id: messageId, status: 'delivered', at: scene.now() });
      expect((await scene.report(overheard)).status).toBe(200);
      const lines = await scene.textsOf(owner);
      const before = await reports('repeated');
      expect((await scene.report(overheard)).status).toBe(200);
      expect(await scene.textsOf(owner)).toEqual(lines);
      expect(await reports('repeated')).toBe(before + 1);
      scene.service.clock.advance(10 * HOUR);
      expect((await scene.report(overheard)).status).toBe(401);
    });
  });
});
