import type { Level } from '../requirement.js';
import { notApplicable } from '../requirement.js';

const none =
  'There is no OAuth and no OpenID Connect: neither client, nor resource server, nor authorization server.';

const asked: readonly (readonly [id: string, level: Level, asks: string])[] = [
  ['10.1.1', 2, 'Tokens go where they are needed alone'],
  ['10.1.2', 2, 'Answers belong to a flow that the same browser began'],
  ['10.2.1', 2, 'PKCE or state against forged requests'],
  ['10.2.2', 2, 'Authorization servers are not mixed up'],
  ['10.3.1', 2, 'Access tokens are meant for this server'],
  ['10.3.2', 2, 'Delegated rights are decided by claims'],
  ['10.3.3', 2, 'Users are known by claims that are not given away again'],
  ['10.3.4', 2, 'Strength and age of the sign-in are checked'],
  ['10.4.1', 1, 'Redirect URIs are registered and equal'],
  ['10.4.2', 1, 'Authorization codes work once'],
  ['10.4.3', 1, 'Authorization codes live 10 minutes at most'],
  ['10.4.4', 1, 'Clients have the grants that they need; no implicit or password grant'],
  ['10.4.5', 1, 'Refresh tokens cannot be used again by thieves'],
  ['10.4.6', 2, 'PKCE is demanded'],
  ['10.4.7', 2, 'Clients that register themselves are checked'],
  ['10.4.8', 2, 'Refresh tokens end in all'],
  ['10.4.9', 2, 'Users can take tokens back'],
  ['10.4.10', 2, 'Confidential clients prove who they are'],
  ['10.4.11', 2, 'Clients have the scopes that they need'],
  ['10.5.1', 2, 'ID tokens are not used twice'],
  ['10.5.2', 2, 'Users are known by the subject of the ID token'],
  ['10.5.3', 2, 'Metadata comes from the issuer that is expected'],
  ['10.5.4', 2, 'ID tokens are meant for this client'],
  ['10.5.5', 2, 'Logout tokens are checked'],
  ['10.6.1', 2, 'Providers allow safe response modes alone'],
  ['10.6.2', 2, 'Nobody is signed out by others'],
  ['10.7.1', 2, 'Users consent to each request'],
  ['10.7.2', 2, 'Consent says to what'],
  ['10.7.3', 2, 'Consents can be seen and taken back'],
];

export const oauth = asked.map(([id, level, asks]) => notApplicable(id, level, asks, none));
