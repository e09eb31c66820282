import { expect, test } from 'vitest';
import { serverOf, urlsOfNodes } from './mariadb-url.js';

test('one host is one server', () => {
  expect(serverOf('mysql://u:p%40ss@h/app?tls=true')).toEqual({
    dialect: 'mysql',
    host: 'h',
    port: 3306,
    others: [],
    username: 'u',
    password: 'p@ss',
    database: 'app',
    tls: true,
  });
});

test('the nodes of a cluster stand in their order, with one account and one database', () => {
  expect(serverOf('mariadb://u:p,w@a:1,b,[::1]:3/app')).toMatchObject({
    host: 'a',
    port: 1,
    password: 'p,w',
    database: 'app',
    others: [
      { host: 'b', port: 3306 },
      { host: '::1', port: 3 },
    ],
  });
});

test('what has no host is handed back as it is', () => {
  expect(urlsOfNodes('sqlite:a.sqlite')).toEqual(['sqlite:a.sqlite']);
});

test.each([
  ['mariadb://u:hidden@a,b/', /DATABASE_REPLICA_URLS: the name of the database is missing/],
  ['mariadb://u:hidden@a,/app', /DATABASE_REPLICA_URLS: expected/],
])('%s: the fault names the variable and no password', (url, fault) => {
  expect(() => serverOf(url, 'DATABASE_REPLICA_URLS')).toThrow(fault);
  expect(() => serverOf(url, 'DATABASE_REPLICA_URLS')).not.toThrow(/hidden/);
});
