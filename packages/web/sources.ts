import { fileURLToPath } from 'node:url';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Our own packages are taken from their sources, so that nothing needs to be built first. They are named one by one: the
 * export condition `source` is used by other people's packages too.
 */
export const sources = {
  '@twofold/contract/graphql': source('../contract/src/generated/graphql.ts'),
  '@twofold/factors/copy': source('../factors/src/copy.ts'),
};
