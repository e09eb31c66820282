import { SignInDocument } from '@twofold/contract/graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createArgon2Hasher } from '../../src/adapters/passwords/argon2-hasher.js';
import { databases } from '../databases/open-test-database.js';
import { PASSWORD } from '../harness/password.js';
import type { AnyResult, Scene } from '../harness/scene.js';
import { openScene, resultOf } from '../harness/scene.js';
import { reportSection } from './report.js';
import { quantile, shuffled, spreadOfMedians, timingTable, uncertaintyOfMedian } from './timing.js';

const WRONG = 'not the password';
/** Ten wrong passwords in a row lock an email. */
const LOCKS_AFTER = 10;
/** Of each kind; with six kinds, 2,004 in all. */
const SAMPLES = 334;
/** A machine with other work spreads the times so far that these tell nothing: then as many again are taken, up to this. */
const MOST_SAMPLES = 5 * SAMPLES;
/** How well each median has to be known, in milliseconds, for fewer to do. What the medians are plays no part in that. */
const KNOWN_TO = 1;
/** Of each kind; each gets nine wrong passwords at most. */
const EMAILS = Math.ceil(MOST_SAMPLES / (LOCKS_AFTER - 1));
/** A locked email stays so, however many wrong passwords it gets. */
const LOCKED_EMAILS = 30;
/** How far the medians may lie apart, in milliseconds. */
const NEAR = 5;

const kinds = [
  'known',
  'known, two-factor on',
  'disabled',
  'unknown',
  'locked, known',
  'locked, unknown',
] as const;
type Kind = (typeof kinds)[number];

describe.each(databases)(
  'threat: the time of an answer tells which emails have an account, on $name',
  (db) => {
    const hasher = createArgon2Hasher();
    let scene: Scene;
    let emails: Record<Kind, readonly string[]>;
    beforeAll(async () => {
      scene = await openScene(db.open, { config: { trustedProxies: ['127.0.0.1'] }, outside: { hasher } });
      emails = await fill();
    }, 600_000);
    afterAll(() => scene.close());

    let addresses = 0;
    /** Each from an address of its own: what one address may fail in five minutes would not last. */
    const wrongPassword = (email: string): Promise<AnyResult> => {
      const at = addresses++;
      const address = `10.${String(at >> 16)}.${String((at >> 8) & 255)}.${String(at & 255)}`;
      const input = { email, password: WRONG, transport: 'BEARER' as const };
      return resultOf(scene.service.client(), SignInDocument, { input }, { 'x-forwarded-for': address });
    };

    async function fill(): Promise<Record<Kind, readonly string[]>> {
      const passwordHash = await hasher.hash(PASSWORD);
      const many = async (make: (n: number) => Promise<string> | string, count = EMAILS) => {
        const made: string[] = [];
        for (let n = 0; n < count; n++) made.push(await make(n));
        return made;
      };
      const user = async (disabledAt: number | null = null) =>
        (await scene.signage.user({ passwordHash, disabledAt })).email;
      const lock = async (email: string) => {
        for (let n = 0; n < LOCKS_AFTER; n++) await wrongPassword(email);
        return email;
      };
      const withTwoFactor = async () => {
        const email = await user();
        await (await scene.service.signedIn(email)).enableApp(() => scene.now());
        return email;
      };
      return {
        known: await many(() => user()),
        'known, two-factor on': await many(withTwoFactor),
        disabled: await many(() => user(1)),
        unknown: await many((n) => `nobody-${String(n)}@test.example`),
        'locked, known': await many(async () => lock(await user()), LOCKED_EMAILS),
        'locked, unknown': await many((n) => lock(`nobody-locked-${String(n)}@test.example`), LOCKED_EMAILS),
      };
    }

    it(`six kinds of email: one answer, and medians less than ${String(NEAR)} ms apart`, async () => {
      const times = new Map<Kind, number[]>(kinds.map((kind) => [kind, []]));
      const answers = new Map<Kind, Set<string>>(kinds.map((kind) => [kind, new Set()]));
      const areKnown = () => [...times.values()].every((some) => uncertaintyOfMedian(some) <= KNOWN_TO);
      for (let n = 0; n < MOST_SAMPLES && !(n % SAMPLES === 0 && n > 0 && areKnown()); n++) {
        // What else the machine does just now falls on all kinds alike.
        for (const kind of shuffled(kinds)) {
          const email = emails[kind][n % emails[kind].length]!;
          const began = performance.now();
          const answer = await wrongPassword(email);
          times.get(kind)!.push(performance.now() - began);
          answers.get(kind)!.add(JSON.stringify(answer));
        }
      }
      const timings = kinds.map((kind) => ({ kind, times: times.get(kind)! }));
      const apart = spreadOfMedians(timings);
      report(apart, timingTable(timings));

      const [wrong, locked] = (['known', 'locked, known'] as const).map((kind) => [...answers.get(kind)!]);
      for (const kind of kinds) {
        expect([...answers.get(kind)!], kind).toEqual(kind.startsWith('locked') ? locked : wrong);
      }
      expect([wrong!.length, locked!.length]).toEqual([1, 1]);
      const [refusal, lock] = [wrong![0]!, locked![0]!].map((answer) => JSON.parse(answer) as AnyResult);
      expect([refusal!.code, refusal!.retryAt]).toEqual(['INVALID_CREDENTIALS', null]);
      expect([lock!.code, typeof lock!.retryAt]).toEqual(['TOO_MANY_ATTEMPTS', 'string']);
      expect(Object.keys(lock!)).toEqual(Object.keys(refusal!));
      // Without the hash an answer takes a fraction of this: it is the hash that is compared here.
      expect(quantile(times.get('unknown')!, 0.01)).toBeGreaterThan(NEAR);
      expect(apart).toBeLessThan(NEAR);
    });

    function report(apart: number, table: string): void {
      const text = [
        `## The time of a wrong password, on ${db.name}`,
        `\`signIn\` with a wrong password, for each kind of email in random order, one at a time, each from another address, with the hasher of production. In milliseconds, at the client.`,
        table,
        `The medians lie ${apart.toFixed(2)} ms apart at most; less than ${String(NEAR)} is demanded. Every locked email gets one answer and every other one another, whether or not there is an account.`,
      ];
      reportSection(`timing-${db.name.toLowerCase()}`, text.join('\n\n'));
    }
  },
);
