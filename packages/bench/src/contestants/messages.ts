/** What the bench says to a server under test, and hears from it. */
export type Asked = { readonly kind: 'usage' } | { readonly kind: 'clock'; readonly now: number };

export type Answered =
  | { readonly kind: 'listening'; readonly port: number }
  /** CPU in µs since the start, user and system; memory in bytes. */
  | { readonly kind: 'usage'; readonly cpu: number; readonly rss: number };
