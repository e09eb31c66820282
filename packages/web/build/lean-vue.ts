import type { Plugin } from 'vite';

/** Files of libraries that import all of Vue, by the end of their path, and what they look up in it. */
const importers = new Map([
  ['/vue-i18n/dist/vue-i18n.mjs', 'getCurrentInstance'],
  ['/reka-ui/dist/shared/useId.js', 'useId'],
]);

/**
 * Two libraries ask whether Vue has a function (`key in Vue`), for the sake of its older versions. A bundler then has to
 * keep everything that Vue exports, server rendering and custom elements included. They are given the one function.
 */
export function leanVue(): Plugin {
  return {
    name: 'lean-vue',
    apply: 'build',
    transform(code, id) {
      const name = [...importers].find(([path]) => id.endsWith(path))?.[1];
      if (name === undefined) return null;
      const lean = code.replace(
        /^import \* as (\w+) from ["']vue["'];$/m,
        `import { ${name} as theFunction } from 'vue'; const $1 = { ${name}: theFunction };`,
      );
      if (lean === code) this.error(`It no longer imports all of Vue: ${id} needs no line here.`);
      return { code: lean, map: null };
    },
  };
}
