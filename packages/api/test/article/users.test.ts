import type { UsersQuery } from '@twofold/contract/graphql';
import {
  ProtectedUsersDocument,
  UserDocument,
  UsersDocument,
  ViewerDocument,
} from '@twofold/contract/graphql';
import { DAY } from '@twofold/core/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../databases/open-test-database.js';
import { databases } from '../databases/open-test-database.js';
import type { Client } from '../harness/client.js';
import type { TestService } from '../harness/open-service.js';
import { openService } from '../harness/open-service.js';

describe.each(databases)('the users of an organisation, on $name', ({ open }) => {
  let database: TestDatabase;
  let service: TestService;
  let member: Client;
  let admin: Client;
  let stranger: Client;
  const ids = new Map<string, string>();
  beforeAll(async () => {
    database = await open();
    service = await openService(database);
    const demo = await service.organization({ name: 'Demo Signage' });
    const people = ['mia', 'Noah', 'ÉMILE', 'adam', 'zoë', '100% Zed', 'under_score', 'back\\slash'];
    for (const [index, name] of people.entries()) {
      const user = await demo.user({
        name,
        email: `person${String(index)}@demo.example`,
        role: name === 'adam' ? 'ADMIN' : 'MEMBER',
        lastSignInAt: index % 2 === 0 ? null : service.clock.now() - index * DAY,
      });
      ids.set(name, user.id);
    }
    const other = await service.organization({ name: 'Other Signage' });
    ids.set('foreigner', (await other.user({ email: 'foreigner@other.example' })).id);
    member = await service.signedIn('person0@demo.example');
    admin = await service.signedIn('person3@demo.example');
    stranger = await service.signedIn('foreigner@other.example');
  });
  afterAll(async () => {
    await service.close();
    await database.remove();
  });

  type Listing = Parameters<typeof member.run<never, Record<string, unknown>>>[1];
  const names = async (client: Client, variables: Listing = {}) => {
    const { users } = await client.run(UsersDocument, {
      first: 25,
      orderBy: { field: 'NAME', direction: 'ASC' },
      ...variables,
    });
    return users.nodes.map(({ name }) => name);
  };

  it('S5: the organisation’s users are listed, by name without case, and nobody else’s', async () => {
    expect(await names(member)).toEqual([
      '100% Zed',
      'adam',
      'back\\slash',
      'ÉMILE',
      'mia',
      'Noah',
      'under_score',
      'zoë',
    ]);
    expect(await names(stranger)).toEqual(['Test User']);
  });

  it('S5: pages follow one another in every order, both ways, and nulls come last', async () => {
    for (const field of ['NAME', 'EMAIL', 'ROLE', 'LAST_SIGN_IN_AT'] as const) {
      for (const direction of ['ASC', 'DESC'] as const) {
        const seen: (string | null | undefined)[] = [];
        const found = new Set<string>();
        let after: string | null | undefined = null;
        do {
          const { users }: UsersQuery = await member.run(UsersDocument, {
            first: 3,
            after,
            orderBy: { field, direction },
          });
          for (const user of users.nodes) {
            found.add(user.id);
            seen.push(field === 'LAST_SIGN_IN_AT' ? user.lastSignInAt : user.email);
          }
          after = users.pageInfo.hasNextPage ? users.pageInfo.endCursor : null;
          expect(users.totalCount).toBe(8);
        } while (after);
        expect(found.size, `${field} ${direction}`).toBe(8);
        if (field !== 'LAST_SIGN_IN_AT') continue;
        const firstNull = seen.indexOf(null);
        expect(seen.slice(firstNull).every((value) => value === null)).toBe(true);
        expect(firstNull).toBeGreaterThan(0);
      }
    }
  });

  it('S5: a search finds parts of names and emails, with every character taken as it is', async () => {
    expect(await names(member, { search: 'emil' })).toEqual(['ÉMILE']);
    expect(await names(member, { search: 'PERSON1@' })).toEqual(['Noah']);
    expect(await names(member, { search: '%' })).toEqual(['100% Zed']);
    expect(await names(member, { search: '_' })).toEqual(['under_score']);
    expect(await names(member, { search: '\\' })).toEqual(['back\\slash']);
    expect(await names(member, { search: 'nobody' })).toEqual([]);
  });

  it('S7: a user is opened by id; one of another organisation is not there', async () => {
    const open = async (client: Client, name: string) =>
      (await client.run(UserDocument, { id: ids.get(name) ?? '' })).user;
    expect(await open(member, 'Noah')).toMatchObject({ name: 'Noah', isViewer: false });
    expect(await open(member, 'foreigner')).toBeNull();
    expect(await open(stranger, 'Noah')).toBeNull();
    expect((await member.run(UserDocument, { id: 'no-such-user' })).user).toBeNull();
  });

  it('who is protected is known of oneself, and to administrators of everybody', async () => {
    const ofNoah = async (client: Client) =>
      (await client.run(UserDocument, { id: ids.get('Noah') ?? '' })).user;
    expect((await ofNoah(member))?.twoFactorEnabled).toBeNull();
    expect((await ofNoah(admin))?.twoFactorEnabled).toBe(false);
    expect((await member.run(ViewerDocument)).viewer?.twoFactorEnabled).toBe(false);
    await admin.enableApp(() => service.clock.now());
    expect(await admin.run(ProtectedUsersDocument)).toEqual({
      all: { totalCount: 8 },
      protected: { totalCount: 1 },
    });
    expect(await names(admin, { twoFactorEnabled: true })).toEqual(['adam']);
    const refused = await member.send('{ users(twoFactorEnabled: true) { totalCount } }');
    expect(refused.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('without a session, nobody is listed', async () => {
    for (const query of ['{ users { totalCount } }', `{ user(id: "${ids.get('Noah') ?? ''}") { name } }`]) {
      expect((await service.client().send(query)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    }
  });
});
