import { isIP } from 'node:net';
import { urlsOfNodes } from './store/engine/mariadb-url.js';

export function isPort(value: string): boolean {
  return /^[1-9]\d{0,4}$/.test(value) && Number(value) <= 65_535;
}

/** http or https, a host, perhaps a port, and nothing else. */
export function isOrigin(value: string): boolean {
  if (!hasScheme(value, ['http:', 'https:'])) return false;
  const url = new URL(value);
  // The serialised origin leaves out credentials, path, query and fragment: whatever else was written is in excess.
  return `${url.origin}/` === url.href;
}

export function isDatabaseUrl(value: string): boolean {
  if (value.startsWith('sqlite:')) {
    const path = value.slice('sqlite:'.length);
    // `:memory:` would be a second, empty database for the reading connection; `//x` would name a host.
    return path !== '' && path !== ':memory:' && !/^\/\/[^/]/.test(path);
  }
  return urlsOfNodes(value).every(isServerUrl);
}

/** One server, and not the several nodes of a cluster. */
export function isServerUrl(value: string): boolean {
  return hasScheme(value, ['mysql:', 'mariadb:']) && /^\/[^/]+$/.test(new URL(value).pathname);
}

/** An address, a network, or a name that Fastify knows (proxy-addr). */
export function isNetwork(value: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(value)) return true;
  const [address = '', prefix, ...rest] = value.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
}

export function hasScheme(value: string, schemes: readonly string[]): boolean {
  return URL.canParse(value) && schemes.includes(new URL(value).protocol) && new URL(value).hostname !== '';
}

/** Host as URL.hostname gives it. */
export function isLoopback(host: string): boolean {
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '[::1]' ||
    (isIP(host) === 4 && host.startsWith('127.'))
  );
}

/** What may stand in an Authorization header behind the scheme: visible ASCII (RFC 9110, 5.5). */
export function isHeaderToken(value: string): boolean {
  return /^[\x21-\x7e]+$/.test(value);
}

export function isUuid(value: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}
