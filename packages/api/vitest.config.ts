import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);

export default defineConfig({
  resolve: {
    conditions: ['source', 'module', 'node', 'development|production'],
    // Vitest would load graphql twice, as ESM and as CommonJS, and graphql refuses types of another copy.
    alias: [{ find: /^graphql$/, replacement: require.resolve('graphql/index.js') }],
  },
  ssr: { resolve: { conditions: ['source', 'module', 'node', 'development|production'] } },
  test: {
    name: 'api',
    environment: 'node',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/databases/mariadb.ts'],
    testTimeout: 40_000,
    hookTimeout: 80_000,
  },
});
