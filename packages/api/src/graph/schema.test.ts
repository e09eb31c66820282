import { readFileSync } from 'node:fs';
import { validateSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createSchema, printSdl } from './schema.js';

describe('the published schema', () => {
  it('is what the code serves: run `pnpm generate` and review the difference', () => {
    const published = readFileSync(new URL('../../../contract/schema.graphql', import.meta.url), 'utf8');
    expect(printSdl(createSchema())).toBe(published);
  });

  it('is a valid schema, which no start checks again', () => {
    expect(validateSchema(createSchema())).toEqual([]);
  });
});
