import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      'scripts',
      'packages/core',
      'packages/factors',
      'packages/contract',
      'packages/api',
      'packages/web',
      'packages/bench',
    ],
  },
});
