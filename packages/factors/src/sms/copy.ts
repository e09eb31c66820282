export const smsCopy = {
  shape: 'deliver',
  title: 'Use text messages',
  blurb: 'Works on any phone. Less secure.',
  name: 'Text messages',
} as const;

/** Keeps most messages within one segment, of 160 characters. */
const LONGEST_NAME = 40;

/**
 * The text that carries a code. Its last line binds the code to this host, so that a browser offers it nowhere else
 * (origin-bound one-time codes). `host` is a host name without a port.
 */
export function securityCodeText(host: string): (message: { code: string; organization: string }) => string {
  return ({ code, organization }) =>
    `${code} is your ${onOneLine(organization)} security code.\n\n@${host} #${code}`;
}

/** A name with a line end could put a line of its own under the text, and with it another host. */
function onOneLine(name: string): string {
  const line = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return [...line].slice(0, LONGEST_NAME).join('');
}
