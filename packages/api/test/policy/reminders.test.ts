import { randomUUID } from 'node:crypto';
import { UpdatePolicyDocument } from '@twofold/contract/graphql';
import type { TwoFactorMethod } from '@twofold/contract/graphql';
import { remindOfPolicy } from '@twofold/core/policy/remind-of-policy';
import { DAY, HOUR, MINUTE } from '@twofold/core/ports';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import type { NewUser } from '../../src/store/users/create-account.js';
import type { TestOrganization } from '../harness/open-service.js';
import { atOnce, ended, iso } from '../harness/scene.js';
import type { TwoNodes } from '../harness/two-nodes.js';
import { openTwoNodes } from '../harness/two-nodes.js';

const BOTH: TwoFactorMethod[] = ['TOTP', 'SMS'];

describe.each(databases)('those whom a deadline concerns, on $name', ({ open }) => {
  let nodes: TwoNodes;
  let house: TestOrganization;
  let version = 0;
  beforeAll(async () => {
    nodes = await openTwoNodes(open);
  });
  afterAll(() => nodes.close());
  beforeEach(async () => {
    house = await nodes.service.organization();
    await member({ role: 'OWNER', email: owner() });
    version = 0;
  });

  const now = () => nodes.now();
  const owner = () => `owner@${house.id}.example`;
  /** Of the house of this test; those before it have deadlines of their own. */
  async function member(given: Partial<NewUser> = {}): Promise<string> {
    const { email } = await house.user({ email: `${randomUUID()}@${house.id}.example`, ...given });
    return email;
  }
  const advance = (by: number) => nodes.service.clock.advance(by);
  async function demand(requiredFrom: number | null, allowedMethods = BOTH): Promise<void> {
    const client = await nodes.service.signedIn(owner());
    await client.confirmPassword();
    const from = requiredFrom === null ? null : iso(requiredFrom);
    const policy = { twoFactorRequired: from !== null, requiredFrom: from, allowedMethods };
    const input = { ...policy, trustedBrowsersAllowed: false, version: version++ };
    expect(await ended(client, UpdatePolicyDocument, { input })).toBe('PolicyUpdated');
  }
  /** What every process does each minute, here on two of them and several times at once. Answers who was told what. */
  async function remind(times = 4): Promise<string[]> {
    const before = nodes.service.outbox.mails.length;
    await atOnce(times, (index) => remindOfPolicy(nodes.nodeOf(index).service.deps)());
    // A mail is handed over in the background.
    await new Promise((resolve) => setTimeout(resolve, 20));
    return nodes.service.outbox.mails
      .slice(before)
      .filter(({ to, subject }) => to.includes(house.id) && subject.includes('in time'))
      .map(({ to, subject }) => `${to}: ${subject}`)
      .sort();
  }
  const toldTwoFactor = (...emails: string[]) =>
    emails.map((email) => `${email}: Set up two-factor authentication in time`).sort();

  it('POLICY-15: are told once when it is announced, a week and a day before, whichever process does it', async () => {
    const people = [];
    // More than a batch.
    for (let n = 0; n < 55; n++) people.push(await member());
    await member({ disabledAt: now() });
    const protectedUser = await nodes.service.signedIn(await member());
    await protectedUser.enableApp(now);
    const deadline = now() + 30 * DAY;
    await demand(deadline);
    const concerned = toldTwoFactor(...people, owner());
    expect(await remind()).toEqual(concerned);
    const mail = nodes.service.outbox.mails.at(-1)!;
    expect(mail.text).toContain(`from ${iso(deadline).slice(0, 16).replace('T', ' ')} UTC on`);
    expect(mail.text).not.toContain('If it was not you');
    expect(await remind()).toEqual([]);

    nodes.service.clock.set(deadline - 7 * DAY - 1);
    expect(await remind()).toEqual([]);
    advance(1);
    const late = await member();
    const all = [...concerned, ...toldTwoFactor(late)].sort();
    expect(await remind()).toEqual(all);
    await nodes.restartSecond();
    expect(await remind()).toEqual([]);
    nodes.service.clock.set(deadline - DAY);
    expect(await remind()).toEqual(all);
    nodes.service.clock.set(deadline);
    expect(await remind()).toEqual([]);
  });

  it('POLICY-16: who holds only a method that is ruled out is told of that', async () => {
    const email = await member();
    const client = await nodes.service.signedIn(email);
    await client.enableTexts(nodes.newPhone(), () => nodes.service.outbox.lastCode());
    await demand(now() + 30 * DAY, ['TOTP']);
    expect(await remind()).toEqual(
      [`${email}: Change your two-factor method in time`, ...toldTwoFactor(owner())].sort(),
    );
  });

  it('POLICY-17: another deadline is told anew, the same one not again, and none that was taken back', async () => {
    const email = await member();
    const both = toldTwoFactor(email, owner());
    const deadline = now() + 30 * DAY;
    await demand(deadline);
    expect(await remind()).toEqual(both);
    await demand(deadline, ['TOTP']);
    expect(await remind()).toEqual([]);
    await demand(deadline + HOUR);
    expect(await remind()).toEqual(both);
    await demand(deadline + 2 * HOUR);
    await demand(null);
    expect(await remind()).toEqual([]);
    nodes.service.clock.set(deadline - DAY + 2 * HOUR);
    expect(await remind()).toEqual([]);
  });

  it('POLICY-18: after a pause of the service they get one mail, not two', async () => {
    const email = await member();
    const deadline = now() + 30 * DAY;
    await demand(deadline);
    nodes.service.clock.set(deadline - HOUR);
    expect(await remind()).toEqual(toldTwoFactor(email, owner()));
    expect(await remind()).toEqual([]);
    advance(MINUTE);
    expect(await remind()).toEqual([]);
  });
});
