/** Who may import whom. Each arrow that is not here is forbidden; the reasons are in docs/adr and CONTRIBUTING.md. */

const tests = '(\\.test\\.ts$|/test/|/testing/|\\.config\\.ts$)';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'Two files that need each other are one file, or need a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'core-is-alone',
      comment: 'The rules depend on nothing: not on a package, not on Node.',
      severity: 'error',
      from: { path: '^packages/core/src', pathNot: tests },
      to: { pathNot: '^packages/core/src' },
    },
    {
      name: 'factor-knows-core-and-its-own-folder',
      comment: 'A factor is one folder: it knows core and the ports beside it.',
      severity: 'error',
      from: { path: '^packages/factors/src/([^/]+)/factor\\.ts$' },
      to: { pathNot: ['^packages/core/src', '^packages/factors/src/$1/'] },
    },
    {
      name: 'vendor-behind-its-port',
      comment: 'One file wraps each vendor, and only server.ts chooses it.',
      severity: 'error',
      from: {
        path: '^packages/factors/src',
        pathNot: [tests, '^packages/factors/src/server\\.ts$', '^packages/factors/src/totp/speakeasy\\.ts$'],
      },
      to: {
        path: '^packages/factors/src/(totp/(speakeasy|qr-code)|sms/(messagebird|bird|inbox-sender|failover-sender))\\.ts$',
      },
    },
    {
      name: 'one-wrapper-a-vendor',
      comment:
        'A vendor that one file wraps is replaced in one file; what sends texts and what reads reports of them are two.',
      severity: 'error',
      from: {
        pathNot: [
          tests,
          '^packages/factors/src/(totp/speakeasy|totp/qr-code|sms/messagebird(-report)?)\\.ts$',
        ],
      },
      to: { path: 'node_modules/(speakeasy|qrcode|messagebird)/' },
    },
    {
      name: 'copy-is-light',
      comment: 'The browser loads copy.ts and kinds.ts: nothing of the server comes with them.',
      severity: 'error',
      from: { path: '^packages/factors/src/.*(copy|kinds)\\.ts$' },
      to: { pathNot: '^packages/factors/src/.*(copy|kinds)\\.ts$' },
    },
    {
      name: 'web-knows-the-contract',
      comment: 'The client speaks GraphQL: of our packages it knows the contract and the factors’ copy.',
      severity: 'error',
      from: { path: '^packages/web' },
      to: {
        path: '^packages/(core|api|e2e|bench|factors)/',
        pathNot: '^packages/factors/src/.*(copy|kinds)\\.ts$',
      },
    },
    {
      name: 'outsiders-know-the-contract',
      comment: 'Whoever tests or measures from outside knows what a third party knows.',
      severity: 'error',
      from: { path: '^packages/(e2e|bench)' },
      to: {
        path: '^packages/(core|factors|api|web)/',
        pathNot: '^packages/api/src/(compose|config)\\.ts$',
      },
    },
    {
      name: 'one-server-of-the-bench-composes',
      comment:
        'To compare software and not hashes, the bench serves the product with another hasher, and there is no setting for one: ' +
        'it is handed to compose, in this one file. The soak fills its database by the parts of the product, and serves nothing with them.',
      severity: 'error',
      from: {
        path: '^packages/(e2e|bench)',
        pathNot: '^packages/bench/(src/(contestants/twofold/server|soak/crowd)\\.ts$|test/)',
      },
      to: { path: '^packages/api/' },
    },
    {
      name: 'contract-is-alone',
      comment: 'What client and server agree on depends on neither.',
      severity: 'error',
      from: { path: '^packages/contract/src' },
      to: { path: '^packages/(core|factors|api|web)/' },
    },
    {
      name: 'graph-knows-core',
      comment: 'A resolver calls a use case; the store is behind it.',
      severity: 'error',
      from: { path: '^packages/api/src/graph', pathNot: tests },
      to: { path: '^packages/api/src/', pathNot: '^packages/api/src/graph' },
    },
    {
      name: 'store-and-adapters-know-core',
      comment: 'They serve core’s ports, and do not know who calls.',
      severity: 'error',
      from: { path: '^packages/api/src/(store|adapters)/', pathNot: tests },
      to: { path: '^packages/api/src/', pathNot: '^packages/api/src/$1/' },
    },
    {
      name: 'only-compose-composes',
      comment: 'The only files that know every concrete part.',
      severity: 'error',
      from: { path: '^packages/api/src/(http|graph|demo)/', pathNot: tests },
      to: { path: '^packages/(api/src/compose(-deps)?\\.ts|factors/src/server\\.ts)' },
    },
    {
      name: 'production-knows-no-test',
      comment: 'What is built and shipped must not need what tests need.',
      severity: 'error',
      from: { path: '^packages/[^/]+/src', pathNot: tests },
      to: { path: tests, pathNot: 'node_modules' },
    },
    {
      name: 'nothing-missing',
      comment: 'A module that cannot be found, or that the package’s own package.json does not list.',
      severity: 'error',
      from: { path: '^packages' },
      to: { dependencyTypes: ['unknown', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^packages/contract/src/generated'] },
    // The peers are programs of their own, with packages that only the bench installs.
    exclude: { path: '^packages/([^/]+/(dist|coverage|test-results)|bench/peers)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      // Some packages hold types alone.
      mainFields: ['module', 'main', 'types', 'typings'],
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.vue', '.json'],
    },
  },
};
