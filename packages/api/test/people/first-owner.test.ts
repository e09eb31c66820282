import { SetFirstPasswordDocument } from '@twofold/contract/graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createArgon2Hasher } from '../../src/adapters/passwords/argon2-hasher.js';
import { documentOf, runHere } from '../cli/cli-scene.js';
import type { TestDatabase } from '../databases/open-test-database.js';
import { databases } from '../databases/open-test-database.js';
import type { TestService } from '../harness/open-service.js';
import { openService } from '../harness/open-service.js';
import { atOnce, resultOf, tally } from '../harness/scene.js';

const OWN_PASSWORD = 'violet umbrella tango 71';

describe.each(databases)('the first owner, on $name', ({ open }) => {
  let database: TestDatabase;
  let service: TestService;
  beforeAll(async () => {
    database = await open();
    service = await openService(database, { outside: { hasher: createArgon2Hasher() } });
  });
  afterAll(async () => {
    await service.close();
    await database.remove();
  });
  const cli = (...words: string[]) =>
    runHere({ url: database.url, mailer: service.outbox.mailer, stdin: '' }, ...words);
  const tokenIn = (text: string) => /\/first-password#(\S+)/.exec(text)?.[1] ?? '';
  const set = async (token: string) => {
    service.clock.set(Date.now());
    const input = { token, password: OWN_PASSWORD };
    const { __typename, code } = await resultOf(service.client(), SetFirstPasswordDocument, { input });
    return code ?? __typename;
  };
  const signInEnd = async (email: string, password: string) => {
    const answer = await service.client().signIn(email, password);
    return 'code' in answer ? answer.code : answer.__typename;
  };

  it('PEOPLE-7: sets the password by a one-time link that the command prints and mails', async () => {
    const words = ['--name', 'Olivia Hart', '--organization', 'Demo Signage', '--new-organization', '--json'];
    const created = await cli('user', 'create', '--owner', 'olivia@demo.example', ...words);
    expect(created).toMatchObject({ code: 0 });
    expect(documentOf(created)).toMatchObject({ email: 'olivia@demo.example', role: 'OWNER' });
    const first = tokenIn(JSON.stringify(documentOf(created)).replaceAll('"', ' '));
    expect(service.outbox.mails.at(-1)?.text).toContain(first);
    for (const guess of ['', 'password', first])
      expect(await signInEnd('olivia@demo.example', guess)).toBe('INVALID_CREDENTIALS');

    const again = await cli('user', 'link', 'olivia@demo.example', '--json');
    const second = tokenIn(JSON.stringify(documentOf(again)).replaceAll('"', ' '));
    expect(await set(first)).toBe('LINK_EXPIRED');
    expect(tally(await atOnce(10, () => set(second)))).toEqual({ PasswordSet: 1, LINK_EXPIRED: 9 });
    expect(await signInEnd('olivia@demo.example', OWN_PASSWORD)).toBe('SignedIn');
    // Whoever has a password gets no further link of this kind.
    expect((await cli('user', 'link', 'olivia@demo.example')).code).not.toBe(0);
  });
});
