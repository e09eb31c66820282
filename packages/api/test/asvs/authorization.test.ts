import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import { PASSWORD } from '../harness/password.js';
import type { Scene } from '../harness/scene.js';
import { openScene } from '../harness/scene.js';

describe.each(databases)('what somebody may do, on $name', ({ open }) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(open);
  });
  afterAll(() => scene.close());

  it('a role that is taken away is gone with the next request of a session that lives', async () => {
    const { id, email } = await scene.signage.user({ role: 'ADMIN' });
    const admin = await scene.service.signedIn(email);
    const codeOf = async () =>
      (await admin.send('{ users(twoFactorEnabled: true) { totalCount } }')).errors?.[0]?.extensions.code;
    expect(await codeOf()).toBeUndefined();
    await scene.database.database.sql.run("UPDATE users SET role = 'MEMBER' WHERE id = ?", [id]);
    expect(await codeOf()).toBe('FORBIDDEN');
    await scene.database.database.sql.run("UPDATE users SET role = 'OWNER' WHERE id = ?", [id]);
    expect(await codeOf()).toBeUndefined();
  });

  it('a field that an operation does not take is refused, and sets nothing', async () => {
    const { id, email } = await scene.signage.user();
    const member = await scene.service.signedIn(email);
    const row = () => scene.database.database.sql.all('SELECT * FROM users WHERE id = ?', [id]);
    const before = await row();
    const passwords = { currentPassword: PASSWORD, newPassword: 'violet umbrella tango 71' };
    for (const more of [
      { role: 'OWNER' },
      { userId: 'another' },
      { organizationId: 'another' },
      { passwordHash: 'x' },
    ]) {
      const answer = await member.send(
        'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { __typename } }',
        { input: { ...passwords, ...more } },
      );
      expect([more, answer.errors?.[0]?.extensions.code]).toEqual([more, 'BAD_USER_INPUT']);
    }
    expect(await row()).toEqual(before);
  });
});
