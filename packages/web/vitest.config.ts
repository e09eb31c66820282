import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';
import { sources } from './sources.js';

export default defineConfig({
  plugins: [vue()],
  define: { __VUE_I18N_LEGACY_API__: false, __VUE_I18N_FULL_INSTALL__: false },
  resolve: { alias: sources },
  test: { name: 'web', environment: 'happy-dom', include: ['src/**/*.test.ts'] },
});
