import { expect, it } from 'vitest';
import schema from '../../../contract/schema.graphql?raw';
import { possibleTypes } from './possible-types.js';

it('knows every union of the schema', () => {
  const unions = [...schema.matchAll(/^union (\w+) =([^\n]*(?:\n\s*\|[^\n]*)*)/gm)].map(
    ([, name = '', members = '']) => [
      name,
      members
        .split('|')
        .map((member) => member.trim())
        .filter(Boolean)
        .sort(),
    ],
  );
  expect(unions.length).toBeGreaterThan(10);
  const known = Object.entries(possibleTypes).map(([name, members]) => [name, members.toSorted()]);
  expect(Object.fromEntries(known)).toEqual(Object.fromEntries(unions));
});
