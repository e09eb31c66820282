import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  EnableTwoFactorDocument,
  StartPhoneChangeDocument,
  StartTwoFactorDocument,
} from '@twofold/contract/graphql';
import type { GraphQLInputObjectType } from 'graphql';
import { buildSchema, getNamedType, isInputObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import type { Answer, Client } from '../harness/client.js';
import type { AnyResult, ProtectedPerson, Scene } from '../harness/scene.js';
import { ended, openScene } from '../harness/scene.js';
import type { Dump } from './tables.js';
import { dumpTables } from './tables.js';

const sdl = readFileSync(fileURLToPath(new URL('../../../contract/schema.graphql', import.meta.url)), 'utf8');
const mutations = Object.values(buildSchema(sdl).getMutationType()?.getFields() ?? {}).map(
  ({ name, args }) => {
    const input = args.find((arg) => arg.name === 'input')?.type;
    const named = input && getNamedType(input);
    return { name, input: isInputObjectType(named) ? named : null };
  },
);
const withInput = mutations.filter(
  (mutation): mutation is { name: string; input: GraphQLInputObjectType } => mutation.input !== null,
);

/** Stands in every value that is sent, and must stand in no answer. */
const CANARY = 'cAnArY7';
const values: Record<string, unknown> = {
  missing: undefined,
  null: null,
  empty: '',
  blank: ' \t\n\u00a0\u200b',
  'a number': 70_412_345.5,
  'a huge number': 1e300,
  true: true,
  'a list': [CANARY],
  'a nested list': [[[[[[[[CANARY]]]]]]]],
  'an object': { name: CANARY },
  'a long text': CANARY.repeat(14_286),
  'a lone surrogate': `\ud800${CANARY}\udfff`,
  NUL: `${CANARY}\0${CANARY}`,
  'control characters': `\u0001\u001b[2J\r\n${CANARY}\u007f`,
  'right to left': `\u202e${CANARY}\u202c\u2066`,
  emoji: `👩‍👩‍👧‍👦${CANARY}🏴󠁧󠁢󠁥󠁮󠁧󠁿`,
  'combining marks': `${'e\u0301'.repeat(50)}${CANARY}`,
  'expanding under NFKC': `${'\ufdfa'.repeat(2_000)}${CANARY}`,
  'full-width digits': '１２３４５６',
  'Arabic digits': '٠١٢٣٤٥',
  SQL: `' OR 1=1; DROP TABLE users; -- ${CANARY}`,
  'a quote for MariaDB': `\\' OR '1'='1" ${CANARY} \``,
  wildcards: `%_\\%${CANARY}`,
  'a path': `../../../../etc/passwd ${CANARY}`,
  markup: `<script>${CANARY}</script>`,
  'a template': `\${${CANARY}} {{${CANARY}}} %s %n`,
  // In brackets: without them it would be the prototype of these values, and not one of them.
  ['__proto__']: '__proto__',
  constructor: 'constructor',
  'a mail header': `${CANARY}\r\nBcc: x@x.example`,
};

/** What an operation may answer to input that is not right. */
/** Whatever the email is: whether there is such an account must not show. */
const alwaysSame = 'PasswordResetRequested';
const refusals = ['BAD_USER_INPUT', 'UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'OPERATION_TOO_COMPLEX'];

describe.each(databases)('bad input, on $name', ({ open }) => {
  let scene: Scene;
  let person: ProtectedPerson;
  /** For each mutation an input that is well formed and yet refused, so that no case changes anything. */
  let inputs: Record<string, Record<string, unknown>>;
  let before: Dump;
  const sql = () => scene.database.database.sql;
  // A reset for nobody writes a link of nobody's, as one for somebody would.
  const dump = () => dumpTables(sql(), ['limits', 'links', 'audit_events', 'audit_chain']);

  beforeAll(async () => {
    scene = await openScene(open);
    person = await scene.textUser();
    await person.owner.confirmPassword();
    // A set-up, a phone change and a challenge are there to be damaged.
    await person.owner.run(StartTwoFactorDocument, { input: { method: 'TOTP' } });
    const backup = { slot: 'BACKUP' as const, phoneNumber: scene.newPhone() };
    await person.owner.run(StartPhoneChangeDocument, { input: backup });
    const { challengeToken } = await scene.service.client().challenge(person.email);
    const password = `${CANARY} is wrong`;
    const policy = {
      twoFactorRequired: true,
      requiredFrom: null,
      allowedMethods: ['SMS'],
      trustedBrowsersAllowed: false,
    };
    inputs = {
      signIn: { email: person.email, password, transport: 'BEARER', keepSignedIn: false },
      sendSignInCode: { challengeToken: 'no challenge', slot: 'PRIMARY' },
      verifyTwoFactorCode: { challengeToken, code: '12345', method: 'SMS', trustBrowser: true },
      verifyRecoveryCode: { challengeToken, recoveryCode: 'no recovery code' },
      confirmPassword: { password },
      changePassword: { currentPassword: password, newPassword: 'violet umbrella tango 71' },
      startTwoFactor: { method: 'SMS', phoneNumber: '12', defaultCountry: 'DE' },
      enableTwoFactor: { code: '12345', setupId: '0190a0a0-0000-7000-8000-000000000000' },
      disableTwoFactor: { password },
      startPhoneChange: { slot: 'BACKUP', phoneNumber: '12', defaultCountry: 'DE' },
      confirmPhoneChange: { slot: 'BACKUP', code: '12345' },
      inviteUser: { email: 'nina@mail.example', name: 'Nina', role: 'MEMBER' },
      resendInvitation: { id: 'no invitation' },
      withdrawInvitation: { id: 'no invitation' },
      acceptInvitation: { token: 'no link', name: 'Nina', password, transport: 'BEARER' },
      requestPasswordReset: { email: 'no address' },
      resetPassword: { token: 'no link', newPassword: password },
      setFirstPassword: { token: 'no link', password },
      requestEmailChange: { newEmail: 'no address' },
      confirmEmailChange: { token: 'no link' },
      reportNotMe: { token: 'no link' },
      updatePolicy: { ...policy, version: 0 },
      endSession: { sessionId: 'no session' },
      endUserSessions: { userId: 'nobody' },
      removeTrustedBrowser: { trustedBrowserId: 'no browser' },
    };
    before = await dump();
  });
  afterAll(() => scene.close());

  function expectRefused(answer: Answer<Record<string, AnyResult | null>>, what: string): void {
    const codes = answer.errors?.map(({ extensions }) => extensions.code) ?? [];
    const result = Object.values(answer.data ?? {})[0];
    const outcome = codes.length > 0 ? codes : [result?.__typename];
    const allowed = codes.length > 0 ? refusals : ['Problem', alwaysSame];
    expect({
      what,
      status: answer.status < 500,
      bad: outcome.filter((code) => !allowed.includes(code ?? '')),
    }).toEqual({ what, status: true, bad: [] });
    expect({ what, echoes: answer.text.toLowerCase().includes(CANARY.toLowerCase()) }).toEqual({
      what,
      echoes: false,
    });
  }

  const send = (client: Client, name: string, type: string, input: unknown) =>
    client.send<Record<string, AnyResult>>(
      `mutation($input: ${type}!) { ${name}(input: $input) { __typename ... on Problem { code message field } } }`,
      { input },
    );

  it('covers every mutation that takes an input', () => {
    expect(Object.keys(inputs).sort()).toEqual(withInput.map(({ name }) => name).sort());
  });

  it.each(withInput)(
    '$name: no value in any field breaks, changes or echoes anything',
    async ({ name, input }) => {
      for (const field of Object.keys(input.getFields())) {
        for (const [label, value] of Object.entries(values)) {
          // Else most cases would meet a lock, and not the code behind it.
          await sql().run('DELETE FROM limits');
          const answer = await send(person.owner, name, input.name, { ...inputs[name], [field]: value });
          expectRefused(answer, `${name}.${field}: ${label}`);
        }
      }
      for (const [label, value] of Object.entries(values)) {
        if (label === '__proto__' || label === 'constructor') continue;
        expectRefused(await send(person.owner, name, input.name, value), `${name}: ${label}`);
      }
      expect(await dump()).toEqual(before);
    },
  );

  it.each(withInput)(
    '$name: a value of the wrong kind in the document itself is not echoed',
    async ({ name, input }) => {
      for (const field of Object.keys(input.getFields())) {
        for (const literal of [
          CANARY,
          `["${CANARY}"]`,
          `{ x: "${CANARY}" }`,
          '7.5e300',
          `"""${CANARY}"""`,
          `$${CANARY}`,
        ]) {
          const others = Object.entries(inputs[name] ?? {})
            .filter(([key]) => key !== field)
            .map(
              ([key, value]) =>
                `${key}: ${/^[A-Z]{3,}$/.test(String(value)) ? String(value) : JSON.stringify(value)}`,
            );
          const document = `mutation { ${name}(input: { ${[...others, `${field}: ${literal}`].join(', ')} }) { __typename } }`;
          const answer = await person.owner.send<Record<string, AnyResult>>(document);
          // A variable's name is a word of the document, not a value.
          if (!literal.startsWith('$')) expectRefused(answer, `${name}.${field}: ${literal}`);
          else expect(answer.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
        }
      }
      expect(await dump()).toEqual(before);
    },
  );

  it('without a session, what needs one answers UNAUTHENTICATED', async () => {
    const open = [
      ...['signIn', 'sendSignInCode', 'verifyTwoFactorCode', 'verifyRecoveryCode', 'signOut'],
      ...['acceptInvitation', 'requestPasswordReset', 'resetPassword', 'setFirstPassword'],
      ...['confirmEmailChange', 'reportNotMe'],
    ];
    for (const { name, input } of mutations.filter((mutation) => !open.includes(mutation.name))) {
      const client = scene.service.client();
      const answer = input
        ? await send(client, name, input.name, inputs[name])
        : await client.send(`mutation { ${name} { __typename } }`);
      expect([name, answer.errors?.[0]?.extensions.code]).toEqual([name, 'UNAUTHENTICATED']);
    }
  });

  it('ids, cursors, searches and page sizes that are not ours', async () => {
    const { owner } = person;
    const queries: [string, string, unknown][] = [];
    for (const [label, value] of Object.entries(values)) {
      queries.push([`id ${label}`, 'query($v: ID!) { user(id: $v) { id } }', value]);
      queries.push([`after ${label}`, 'query($v: String!) { users(after: $v) { totalCount } }', value]);
      queries.push([`search ${label}`, 'query($v: String!) { users(search: $v) { totalCount } }', value]);
      queries.push([`first ${label}`, 'query($v: Int!) { users(first: $v) { totalCount } }', value]);
      queries.push([
        `orderBy ${label}`,
        'query($v: UserOrder!) { users(orderBy: $v) { totalCount } }',
        value,
      ]);
    }
    for (const [what, query, v] of queries) {
      const answer = await owner.send<Record<string, AnyResult | null>>(query, { v });
      const code = answer.errors?.[0]?.extensions.code ?? 'data';
      expect({ what, known: ['data', 'BAD_USER_INPUT'].includes(code) }).toEqual({ what, known: true });
      expect({ what, echoes: answer.text.includes(CANARY) }).toEqual({ what, echoes: false });
    }
    const codeOf = async (field: string) => (await owner.send(`{ ${field} }`)).errors?.[0]?.extensions.code;
    for (const first of ['0', '101', '-1', '1.5', 'null', '"1"']) {
      expect([first, await codeOf(`users(first: ${first}) { totalCount }`)]).toEqual([
        first,
        'BAD_USER_INPUT',
      ]);
    }
    expect(await codeOf('users(first: 1) { totalCount }')).toBeUndefined();
    expect(await codeOf('users(first: 100) { totalCount }')).toBeUndefined();
  });

  it('a cursor is good for its own order, and opens nothing in another organisation', async () => {
    const elsewhere = await scene.service.organization({ name: 'Other Signage' });
    const zoe = await elsewhere.user({ name: 'Zoe' });
    const stranger = await scene.service.signedIn(zoe.email);
    const cursorOf = async (client: Client) => {
      const answer = await client.send<{ users: { pageInfo: { endCursor: string } } }>(
        '{ users(first: 1) { pageInfo { endCursor } } }',
      );
      return answer.data?.users.pageInfo.endCursor ?? '';
    };
    const after = await cursorOf(person.owner);
    const foreign = await stranger.send<{ users: { nodes: { id: string }[] } }>(
      'query($after: String) { users(after: $after) { nodes { id } } }',
      { after },
    );
    expect(foreign.data?.users.nodes.every(({ id }) => id === zoe.id)).toBe(true);
    const forged = (parts: unknown) => Buffer.from(JSON.stringify(parts)).toString('base64url');
    const cursors = [
      `${after}x`.slice(1),
      forged(['EMAIL', 'ASC', 'a', 'b']),
      forged(['NAME', 'DESC', 'a', 'b']),
      forged(['NAME', 'ASC', null, 'b']),
      forged(['NAME', 'ASC', { toString: 'x' }, 'b']),
      forged(['NAME', 'ASC', 'a', 7]),
      forged(['NAME', 'ASC', 'a']),
      forged({ length: 4 }),
      forged(null),
    ];
    for (const cursor of cursors) {
      const answer = await person.owner.send(
        'query($after: String) { users(after: $after) { totalCount } }',
        {
          after: cursor,
        },
      );
      expect([cursor, answer.errors?.[0]?.extensions.code]).toEqual([cursor, 'BAD_USER_INPUT']);
    }
    const other = await person.owner.send('query($id: ID!) { user(id: $id) { id } }', { id: zoe.id });
    expect(other.data).toEqual({ user: null });
  });

  it('a search takes every character as it is', async () => {
    for (const name of ['100% Real', 'under_score', 'back\\slash', "O'Hara", 'quo"te'])
      await scene.signage.user({ name });
    const found = async (search: string) => {
      const answer = await person.owner.send<{ users: { nodes: { name: string }[] } }>(
        'query($search: String) { users(search: $search) { nodes { name } } }',
        { search },
      );
      return answer.data?.users.nodes.map(({ name }) => name);
    };
    expect(await found('%')).toEqual(['100% Real']);
    expect(await found('r_s')).toEqual(['under_score']);
    expect(await found('\\')).toEqual(['back\\slash']);
    expect(await found("o'h")).toEqual(["O'Hara"]);
    expect(await found('"')).toEqual(['quo"te']);
    expect(await found(`${'x'.repeat(10_000)}`)).toEqual([]);
  });

  it('the set-up, the phone change and the challenge are as good as before', async () => {
    const input = { code: scene.service.outbox.lastCode() };
    expect(await ended(person.owner, EnableTwoFactorDocument, { input })).toBe('INVALID_CODE');
  });
});
