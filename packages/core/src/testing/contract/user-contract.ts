import { describe, expect, it } from 'vitest';
import type { OpenHarness } from '../store-contract.js';
import { addOrganization, addProtectedUser, addUser, newId, NOW, useHarness } from './fixtures.js';

export function describeUserStore(open: OpenHarness): void {
  describe('users', () => {
    const harness = useHarness(open);

    it('finds the credentials by email and by id, with the user as they are now', async () => {
      const organization = await addOrganization(harness, {
        twoFactorRequired: true,
        requiredFrom: NOW + 5,
        trustedBrowsersAllowed: true,
        allowedMethods: ['TOTP'],
      });
      const user = await addUser(harness, {
        organizationId: organization.id,
        name: 'Zoë 🙂 Ångström',
        role: 'ADMIN',
        lastSignInAt: NOW + 1,
      });
      const expected = {
        user: {
          id: user.id,
          email: user.email,
          name: 'Zoë 🙂 Ångström',
          role: 'ADMIN',
          createdAt: NOW,
          lastSignInAt: NOW + 1,
          organization,
          twoFactorMethod: null,
          factorsFrozenUntil: null,
        },
        passwordHash: 'hash',
        disabled: false,
        passwordSetAt: NOW,
        passwordResetDue: false,
      };
      expect(await harness.stores.users.credentialsByEmail(user.email)).toEqual(expected);
      expect(await harness.stores.users.credentialsById(user.id)).toEqual(expected);
    });

    it('answers null for an email or id that nobody has', async () => {
      const { email } = await addUser(harness);
      expect(await harness.stores.users.credentialsByEmail(`x${email}`)).toBeNull();
      expect(await harness.stores.users.credentialsByEmail(`${email} `)).toBeNull();
      expect(await harness.stores.users.credentialsByEmail(email.toUpperCase())).toBeNull();
      expect(await harness.stores.users.credentialsById(newId())).toBeNull();
    });

    it('tells that a user is disabled', async () => {
      const { id } = await addUser(harness, { disabledAt: NOW });
      expect(await harness.stores.users.credentialsById(id)).toMatchObject({ disabled: true });
    });

    it('disables a user, and lets the user in again', async () => {
      const { id } = await addUser(harness);
      await harness.stores.users.setDisabledAt(id, NOW);
      expect(await harness.stores.users.credentialsById(id)).toMatchObject({ disabled: true });
      await harness.stores.users.setDisabledAt(id, null);
      expect(await harness.stores.users.credentialsById(id)).toMatchObject({ disabled: false });
    });

    it('secures an account until a new password is set', async () => {
      const { id } = await addUser(harness);
      await harness.stores.users.secure(id, NOW + 1);
      const secured = { passwordResetDue: true, user: { factorsFrozenUntil: NOW + 1 } };
      expect(await harness.stores.users.credentialsById(id)).toMatchObject(secured);
      await harness.stores.users.setPasswordHash(id, 'new', NOW);
      const reset = { passwordResetDue: false, user: { factorsFrozenUntil: NOW + 1 } };
      expect(await harness.stores.users.credentialsById(id)).toMatchObject(reset);
    });

    it('adds a user, and gives another email, where that is free', async () => {
      const { id: organizationId } = await addOrganization(harness);
      const { users } = harness.stores;
      const account = { id: newId(), organizationId, email: `${newId()}@mail.example`, name: 'Nina' };
      const rest = { role: 'MEMBER', passwordHash: null, createdAt: NOW } as const;
      expect(await harness.transaction(() => users.add({ ...account, ...rest }))).toBe(true);
      expect(await harness.transaction(() => users.add({ ...account, ...rest, id: newId() }))).toBe(false);
      const other = await addUser(harness);
      expect(await harness.transaction(() => users.setEmail(other.id, account.email))).toBe(false);
      const email = `${newId()}@mail.example`;
      expect(await harness.transaction(() => users.setEmail(other.id, email))).toBe(true);
      expect((await users.credentialsByEmail(email))?.user.id).toBe(other.id);
      expect(await users.credentialsByEmail(other.email)).toBeNull();
    });

    it('keeps an email to one user, over all organisations', async () => {
      const { email } = await addUser(harness);
      await expect(addUser(harness, { email })).rejects.toThrow();
    });

    it('another organisation: finds nobody there', async () => {
      const user = await addUser(harness);
      const other = await addOrganization(harness);
      expect(await harness.stores.users.find(user.id, user.organizationId)).toMatchObject({ id: user.id });
      expect(await harness.stores.users.find(user.id, other.id)).toBeNull();
    });

    it('knows the method of who has two-factor on', async () => {
      const { user } = await addProtectedUser(harness, { method: 'SMS' });
      const found = await harness.stores.users.find(user.id, user.organizationId);
      expect(found?.twoFactorMethod).toBe('SMS');
    });

    it('stores a new password hash and the last sign-in, of that user alone', async () => {
      const user = await addUser(harness);
      const other = await addUser(harness);
      await harness.stores.users.setPasswordHash(user.id, 'new hash', NOW + 4);
      await harness.stores.users.setLastSignInAt(user.id, NOW + 5);
      const changed = await harness.stores.users.credentialsById(user.id);
      expect(changed).toMatchObject({
        passwordHash: 'new hash',
        passwordSetAt: NOW + 4,
        user: { lastSignInAt: NOW + 5 },
      });
      const untouched = await harness.stores.users.credentialsById(other.id);
      expect(untouched).toMatchObject({
        passwordHash: 'hash',
        passwordSetAt: NOW,
        user: { lastSignInAt: null },
      });
    });
  });
}
