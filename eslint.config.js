import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import accessibility from 'eslint-plugin-vuejs-accessibility';
import globals from 'globals';
import ts from 'typescript-eslint';

/** What would make a rule of the domain depend on the moment, the machine or chance: it comes in by a port instead. */
const ports = {
  Date: 'Take the time from Clock.',
  process: 'Take settings as an argument.',
  fetch: 'Reach the network by a port.',
  crypto: 'Take chance from Random, and ciphers and hashes from their ports.',
  setTimeout: 'Take the time from Clock.',
  setInterval: 'Take the time from Clock.',
};

/** An underscore says that something is left out on purpose. */
const unused = { argsIgnorePattern: '^_', varsIgnorePattern: '^_' };

const tests = ['**/*.test.ts', '**/*.test.mjs', '**/*.spec.ts'];

export default ts.config(
  {
    ignores: [
      '**/dist/',
      '**/coverage/',
      '**/test-results/',
      '**/playwright-report/',
      '.cache/',
      'data/',
      'packages/contract/src/generated/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  { rules: { 'no-unused-vars': ['error', unused] } },
  {
    files: ['**/*.{ts,vue}'],
    extends: [ts.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: [
          'packages/{core,factors,api}/tsconfig.test.json',
          'packages/{contract,e2e,web,bench}/tsconfig.json',
          'tsconfig.tools.json',
        ],
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingUnknown: true }],
      // Ports are records of functions, made by closures: none has a `this` that could be lost.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unused-vars': ['error', unused],
      // An async function fulfils a port whose other implementation awaits something.
      '@typescript-eslint/require-await': 'off',
      'no-fallthrough': ['error', { allowEmptyCase: true }],
      // TypeScript looks names up itself, and knows the types that this rule takes for variables.
      'no-undef': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['packages/api/static/**'],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ['packages/web/**'],
    rules: {
      // Vue catches the promise of a handler or a watcher and hands its failure to app.config.errorHandler.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      // ESLint cannot see into a .vue file that another one imports. vue-tsc does.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['packages/web/**/*.vue'],
    extends: [vue.configs['flat/recommended'], accessibility.configs['flat/recommended']],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      // Markup from a string is a way in for scripts. An exception argues its case where it stands.
      'vue/no-v-html': 'error',
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      // AppButton and App are names of this house.
      'vue/multi-word-component-names': 'off',
      // An optional prop without a default is undefined, and its type says so.
      'vue/require-default-prop': 'off',
      'vuejs-accessibility/heading-has-content': ['error', { accessibleChildren: ['AppLogo'] }],
      // It knows no `for`. axe looks at the rendered page instead.
      'vuejs-accessibility/form-control-has-label': 'off',
      // A label that stands beside its control names it as well as one around it does.
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
    },
  },
  {
    files: ['packages/core/src/**/*.ts', 'packages/factors/src/**/factor.ts'],
    ignores: [...tests, 'packages/core/src/testing/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...Object.entries(ports).map(([name, message]) => ({ name, message })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Take chance from Random.' },
        { object: 'globalThis', message: 'Take what is outside by a port.' },
      ],
    },
  },
  {
    files: tests,
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'MemberExpression[property.name=/^(only|skip|todo|fixme|fails)$/][object.name=/^(test|it|describe|suite)$/]',
          message: 'A test that does not run proves nothing, and a lone one hides the others.',
        },
        {
          selector: 'CallExpression[callee.name=/^(xit|xtest|xdescribe|fit|fdescribe)$/]',
          message: 'A test that does not run proves nothing.',
        },
      ],
      // A fake may fail in a way that honest code does not.
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      // A matcher such as expect.any() is of type any: it stands for a value that the test does not pin down.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      // What comes back from outside is any until the test has looked at it.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  {
    files: ['packages/e2e/**'],
    // Playwright reads from the pattern which fixtures one needs, and demands it also where it needs none.
    rules: { 'no-empty-pattern': 'off' },
  },
  prettier,
);
