import { defineConfig } from 'vitest/config';
import usual from './vitest.config.js';

const MINUTES = 60_000;

/** What takes too long for every change: `pnpm test:long`. */
export default defineConfig({
  ...usual,
  test: {
    ...usual.test,
    name: 'api-long',
    include: ['test/long/**/*.long.ts'],
    testTimeout: 30 * MINUTES,
    // What one of them measures, another one would disturb.
    fileParallelism: false,
  },
});
