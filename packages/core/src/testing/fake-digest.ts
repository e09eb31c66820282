import type { Digest } from '../ports.js';

/** Different for different values and contexts, and without the value's text. */
export function fakeDigest(): Digest {
  const keyed = (value: string, context: string) => `k${encode(JSON.stringify([context, value]))}`;
  return {
    ofSecret: (value) => `d${encode(value)}`,
    keyed,
    matchesKeyed: (value, context, digest) => keyed(value, context) === digest,
  };
}

function encode(text: string): string {
  return [...text].map((unit) => ((unit.codePointAt(0) ?? 0) + 7).toString(36)).join('_');
}
