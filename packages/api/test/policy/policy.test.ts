import { PolicyDocument, PreviewPolicyDocument, UpdatePolicyDocument } from '@twofold/contract/graphql';
import type { TwoFactorMethod } from '@twofold/contract/graphql';
import { DAY, HOUR, MINUTE } from '@twofold/core/ports';
import { print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import type { Client } from '../harness/client.js';
import type { TestOrganization } from '../harness/open-service.js';
import type { Scene } from '../harness/scene.js';
import { atOnce, ended, iso, openScene, tally } from '../harness/scene.js';

interface Change {
  readonly twoFactorRequired?: boolean;
  readonly requiredFrom?: string | null;
  readonly allowedMethods?: TwoFactorMethod[];
  readonly trustedBrowsersAllowed?: boolean;
  readonly version?: number;
}

describe.each(databases)('the policy of an organisation, on $name', ({ open }) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(open);
  });
  afterAll(() => scene.close());

  const now = () => scene.now();
  const inputOf = (change: Change) => ({
    twoFactorRequired: true,
    requiredFrom: iso(now() + 30 * DAY),
    allowedMethods: ['TOTP', 'SMS'] as TwoFactorMethod[],
    trustedBrowsersAllowed: false,
    ...change,
  });
  const policyOf = async (client: Client) => (await client.run(PolicyDocument)).policy;
  const preview = async (client: Client, change: Change) =>
    (await client.run(PreviewPolicyDocument, { input: inputOf(change) })).previewPolicy;
  const update = async (client: Client, change: Change) =>
    (await client.run(UpdatePolicyDocument, { input: { version: 0, ...inputOf(change) } })).updatePolicy;
  const codeOf = async (client: Client, document: typeof PolicyDocument, variables?: object) =>
    (await client.send(print(document), variables)).errors?.[0]?.extensions.code;

  /** An organisation with an owner who has confirmed the password. */
  async function founded(): Promise<{ house: TestOrganization; owner: Client }> {
    const house = await scene.service.organization();
    const owner = await scene.service.signedIn((await house.user({ role: 'OWNER' })).email);
    await owner.confirmPassword();
    return { house, owner };
  }

  it('POLICY-1: everybody of the organisation reads it; nobody else', async () => {
    const { house, owner } = await founded();
    expect(await update(owner, { allowedMethods: ['TOTP'] })).toMatchObject({ __typename: 'PolicyUpdated' });
    const member = await scene.service.signedIn((await house.user()).email);
    const inForce = { twoFactorRequired: true, allowedMethods: ['TOTP'], version: 1 };
    expect(await policyOf(member)).toMatchObject({ ...inForce, viewerCanUpdate: false });
    expect(await policyOf(owner)).toMatchObject({ ...inForce, viewerCanUpdate: true });
    const stranger = (await founded()).owner;
    expect(await policyOf(stranger)).toMatchObject({ twoFactorRequired: false, version: 0 });
    expect(await codeOf(scene.service.client(), PolicyDocument)).toBe('UNAUTHENTICATED');
  });

  it('POLICY-2: administrators and owners change it, behind the confirmed password; a member does not, nor rehearses it', async () => {
    const { house, owner } = await founded();
    const signedIn = async (role: 'MEMBER' | 'ADMIN') =>
      scene.service.signedIn((await house.user({ role })).email);
    const [member, admin] = [await signedIn('MEMBER'), await signedIn('ADMIN')];
    await member.confirmPassword();
    const input = { ...inputOf({}), version: 0 };
    for (const document of [UpdatePolicyDocument, PreviewPolicyDocument]) {
      const { version: _, ...rehearsed } = input;
      const variables = { input: document === UpdatePolicyDocument ? input : rehearsed };
      expect((await member.send(print(document), variables)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    expect(await preview(admin, {})).toMatchObject({ __typename: 'PolicyPreview' });
    expect(await ended(admin, UpdatePolicyDocument, { input })).toBe('REAUTHENTICATION_REQUIRED');
    expect(await policyOf(owner)).toMatchObject({ version: 0, twoFactorRequired: false });
    await admin.confirmPassword();
    expect(await ended(admin, UpdatePolicyDocument, { input })).toBe('PolicyUpdated');
    scene.service.clock.advance(11 * MINUTE);
    expect(await ended(owner, UpdatePolicyDocument, { input: { ...input, version: 1 } })).toBe(
      'REAUTHENTICATION_REQUIRED',
    );
  });

  it('POLICY-3: what was changed is in the audit log, and what was refused', async () => {
    const { owner } = await founded();
    const deadline = now() + 30 * DAY;
    await update(owner, { requiredFrom: iso(deadline), allowedMethods: ['TOTP'] });
    await update(owner, { version: 1, allowedMethods: [] });
    const { data } = await owner.send<{ auditEvents: { nodes: object[] } }>(
      '{ auditEvents(first: 9, filter: { everybody: true, action: UPDATE_POLICY }) { nodes { outcome detail } } }',
    );
    expect(data?.auditEvents.nodes).toEqual([
      { outcome: 'POLICY_LOCKS_OUT', detail: null },
      {
        outcome: 'DONE',
        detail: `required: no → from ${iso(deadline).slice(0, 16).replace('T', ' ')} UTC; methods: all → TOTP`,
      },
    ]);
  });

  it('POLICY-4: of two administrators at the same policy, 50 times at once, one wins; the others are told what is in force', async () => {
    const { house, owner } = await founded();
    const admin = await scene.service.signedIn((await house.user({ role: 'ADMIN' })).email);
    await admin.confirmPassword();
    const allowed: TwoFactorMethod[][] = [['TOTP'], ['SMS']];
    const answers = await atOnce(50, (index) =>
      update(index % 2 === 0 ? owner : admin, { allowedMethods: allowed[index % 2]!, version: 0 }),
    );
    const winners = answers.filter((answer) => answer.__typename === 'PolicyUpdated');
    expect(winners).toHaveLength(1);
    expect(tally(answers.map((answer) => ('code' in answer ? answer.code : 'DONE')))).toEqual({
      DONE: 1,
      POLICY_CHANGED: 49,
    });
    const inForce = await policyOf(owner);
    expect(inForce).toMatchObject({ version: 1 });
    expect(await update(admin, { version: 0 })).toMatchObject({
      code: 'POLICY_CHANGED',
      policyInForce: { version: 1, allowedMethods: inForce.allowedMethods },
    });
    expect(await update(admin, { version: 1 })).toMatchObject({ policy: { version: 2 } });
    expect(await update(admin, { version: 99 })).toMatchObject({ code: 'POLICY_CHANGED' });
  });

  it('POLICY-5: what would lock out whoever sets it is refused, in the rehearsal as when it is saved', async () => {
    const { owner } = await founded();
    const refusedWith = async (change: Change, problem: object) => {
      expect(await preview(owner, change)).toMatchObject(problem);
      expect(await update(owner, change)).toMatchObject(problem);
    };
    const locksOut = { code: 'POLICY_LOCKS_OUT', field: 'requiredFrom' };
    await refusedWith({ requiredFrom: null }, locksOut);
    await refusedWith({ requiredFrom: iso(now()) }, locksOut);
    await refusedWith({ allowedMethods: [] }, { code: 'POLICY_LOCKS_OUT', field: 'allowedMethods' });
    await refusedWith({ twoFactorRequired: false, allowedMethods: [] }, { field: 'allowedMethods' });
    expect(await policyOf(owner)).toMatchObject({ version: 0 });

    await owner.enableApp(now);
    await owner.confirmPassword();
    await refusedWith({ requiredFrom: null, allowedMethods: ['SMS'] }, locksOut);
    expect(await update(owner, { requiredFrom: null, allowedMethods: ['TOTP'] })).toMatchObject({
      policy: { version: 1, requiredFrom: null },
    });
  });

  it('POLICY-6: a deadline is between now and a year from now, or the one that is in force', async () => {
    const { owner } = await founded();
    const invalid = { code: 'DEADLINE_INVALID', field: 'requiredFrom' };
    expect(await update(owner, { requiredFrom: iso(now() - 1) })).toMatchObject(invalid);
    expect(await update(owner, { requiredFrom: iso(now() + 367 * DAY) })).toMatchObject(invalid);
    await owner.enableApp(now);
    await owner.confirmPassword();
    const soon = iso(now() + MINUTE);
    expect(await update(owner, { requiredFrom: soon })).toMatchObject({ policy: { version: 1 } });
    scene.service.clock.advance(5 * MINUTE);
    const later = { requiredFrom: soon, trustedBrowsersAllowed: true, version: 1 };
    expect(await update(owner, later)).toMatchObject({ policy: { version: 2, requiredFrom: soon } });
    expect(await update(owner, { requiredFrom: iso(now() - 1), version: 2 })).toMatchObject(invalid);
    // Where it is optional a deadline means nothing.
    const optional = { twoFactorRequired: false, requiredFrom: iso(now() - DAY), version: 2 };
    expect(await update(owner, optional)).toMatchObject({ policy: { version: 3, requiredFrom: null } });
  });

  it('POLICY-7: the rehearsal counts whom it would concern, and names the first of them; it changes nothing', async () => {
    const { house, owner } = await founded();
    for (let n = 0; n < 12; n++) await house.user({ name: `Member ${String(n)}` });
    await house.user({ disabledAt: now() });
    const byApp = await scene.service.signedIn((await house.user()).email);
    await byApp.enableApp(now);
    const texted = await house.user({ name: 'Tess Texted', email: '0-first@test.example' });
    await (
      await scene.service.signedIn(texted.email)
    ).enableTexts(scene.newPhone(), () => scene.service.outbox.lastCode());
    const deadline = iso(now() + 30 * DAY);
    const counted = { everybody: 15, withoutTwoFactor: 13 };
    const rehearsed = await preview(owner, { requiredFrom: deadline, allowedMethods: ['TOTP'] });
    expect(rehearsed).toMatchObject({ ...counted, from: deadline, methodRuledOut: 1, warned: 14 });
    if (rehearsed.__typename !== 'PolicyPreview') throw new Error('No rehearsal.');
    expect(rehearsed.people).toHaveLength(10);
    expect(rehearsed.people[0]).toEqual({
      ...{ id: texted.id, name: 'Tess Texted', email: '0-first@test.example' },
      methodRuledOut: true,
    });
    expect(await preview(owner, {})).toMatchObject({ ...counted, methodRuledOut: 0, warned: 13 });
    expect(await preview(owner, { twoFactorRequired: false })).toMatchObject({ from: null, warned: 0 });
    expect(await policyOf(owner)).toMatchObject({ version: 0 });
    await owner.enableApp(now);
    expect(await preview(owner, { requiredFrom: null })).toMatchObject({
      ...{ from: iso(now()), withoutTwoFactor: 12, warned: 0 },
    });
    scene.service.clock.advance(HOUR);
  });
});
