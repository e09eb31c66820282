import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createSchema } from '../../graph/schema.js';
import { starterOperations } from './starter-operations.js';

describe('the operations that the Sandbox and the explorer open with', () => {
  it.each(['COOKIE', 'BEARER'] as const)('are valid, each on its own (%s)', (transport) => {
    const document = parse(starterOperations(transport));
    expect(validate(createSchema(), document)).toEqual([]);
    const names = document.definitions.map((definition) =>
      'name' in definition ? definition.name?.value : undefined,
    );
    expect(names).toEqual(
      expect.arrayContaining(['SignIn', 'StartTextMessages', 'StartApp', 'Enable', 'VerifyRecoveryCode']),
    );
    expect(new Set(names).size).toBe(names.length);
  });
});
