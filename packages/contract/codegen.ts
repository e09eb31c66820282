import type { CodegenConfig } from '@graphql-codegen/cli';

/** Typed documents for every program of ours that speaks GraphQL: web, e2e, bench and the API's tests. */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  documents: ['operations/*.graphql'],
  generates: {
    'src/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        enumsAsTypes: true,
        useTypeImports: true,
        emitLegacyCommonJSImports: false,
        strictScalars: true,
        scalars: { DateTime: 'string', ID: 'string' },
      },
    },
  },
  ignoreNoDocuments: false,
};

export default config;
