import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Vitest leaves one core to its own process, which waits here: many tests wait too, for a database, a carrier or a process.
    maxWorkers: availableParallelism(),
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
