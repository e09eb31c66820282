interface ImportMetaEnv {
  /** The API's GraphQL address, where it is not `/graphql` of the page's own origin. Set at build time. */
  readonly VITE_API_URL?: string;
}
