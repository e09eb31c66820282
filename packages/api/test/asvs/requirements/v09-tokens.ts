import { notApplicable } from '../requirement.js';

const none = 'No token carries claims: sessions and challenges are random values that the database knows.';

export const tokens = [
  notApplicable('9.1.1', 1, 'Signatures of tokens are checked', none),
  notApplicable('9.1.2', 1, 'Only listed algorithms sign tokens', none),
  notApplicable('9.1.3', 1, 'Keys for tokens come from trusted places', none),
  notApplicable('9.2.1', 1, 'Tokens count in their time alone', none),
  notApplicable('9.2.2', 2, 'A token is of the type it is taken for', none),
  notApplicable('9.2.3', 2, 'A token is meant for this service', none),
  notApplicable('9.2.4', 2, 'Tokens name whom they are for', none),
];
