import 'reflect-metadata';
import accountsGraphql from '@accounts/graphql-api';
import accountsPassword from '@accounts/password';
import accountsServer from '@accounts/server';
import apollo from 'apollo-server';
import { answerTheBench, port, tell } from '../../dist/contestants/serve.js';
import { passwordHasher } from '../../dist/hashing.js';
import { openStore } from './store.mjs';

const hasher = passwordHasher(process.env.BENCH_HASHING);

const password = new accountsPassword.AccountsPassword({
  hashPassword: (text) => hasher.hash(text),
  verifyPassword: (text, hash) => hasher.verify(text, hash),
  // One step of drift, as the others allow it.
  twoFactor: { window: 1 },
});
const server = new accountsServer.AccountsServer(
  { db: openStore(process.env.BENCH_DATABASE), tokenSecret: process.env.BENCH_KEY },
  { password },
);
const { schema, context } = accountsGraphql.AccountsModule.forRoot({ accountsServer: server });

answerTheBench();
const listening = await new apollo.ApolloServer({ schema, context, subscriptions: false }).listen({
  port,
  host: '127.0.0.1',
});
tell({ kind: 'listening', port: listening.server.address().port });
