import tailwindcss from '@tailwindcss/vite';
import vue from '@vitejs/plugin-vue';
import { defaultClientConditions, defineConfig } from 'vite';
import { compiledCopy } from './build/compiled-copy.js';
import { documentsApart } from './build/documents-apart.js';
import { leanVue } from './build/lean-vue.js';
import { precompressed } from './build/precompressed.js';
import { sources } from './sources.js';

/** The API in development; the built client asks its own origin, or VITE_API_URL where that was set at build time. */
const api = process.env['API_ORIGIN'] ?? 'http://127.0.0.1:4000';
const proxied = ['/graphql', '/dev', '/explorer', '/schema.graphql', '/healthz'];

export default defineConfig(({ command }) => ({
  plugins: [vue(), tailwindcss(), compiledCopy(), documentsApart(), leanVue(), precompressed()],
  // RxJS in its newer form, which needs no stand-ins for classes and spreads.
  resolve: { alias: sources, conditions: ['es2015', ...defaultClientConditions] },
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    // Messages are compiled to a tree that is walked: a strict Content-Security-Policy forbids the other way, `new Function`.
    __INTLIFY_JIT_COMPILATION__: true,
    __INTLIFY_DROP_MESSAGE_COMPILER__: command === 'build',
  },
  // An inlined asset would be a data: URL, which the policy allows for images alone.
  // The manifest tells `npm run check -- bundle` what the first page loads.
  build: { target: 'es2022', assetsInlineLimit: 0, manifest: true, modulePreload: { polyfill: false } },
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(proxied.map((path) => [path, { target: api, changeOrigin: false }])),
  },
}));
