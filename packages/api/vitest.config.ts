import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);

/** Without Vite's own `module`: what packages keep there for bundlers is often no module of Node. */
const conditions = ['source', 'node', 'development|production'];

export default defineConfig({
  resolve: {
    conditions,
    // Vitest would load graphql twice, as ESM and as CommonJS, and graphql refuses types of another copy.
    alias: [{ find: /^graphql$/, replacement: require.resolve('graphql/index.js') }],
  },
  ssr: { resolve: { conditions } },
  test: {
    name: 'api',
    environment: 'node',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/databases/mariadb.ts'],
    testTimeout: 40_000,
    hookTimeout: 80_000,
  },
});
