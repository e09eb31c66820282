import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import Database from '@twofold/sqlite';
import { Api } from './api.js';
import { Inbox } from './inbox.js';
import { TEMPLATE } from './seed-template.js';
import { Server } from './server.js';

export { expect } from '@playwright/test';

/** A server with its demo accounts, untouched by any other test. */
export class Twofold {
  readonly inbox: Inbox;

  constructor(
    readonly server: Server,
    private readonly folder: string,
  ) {
    this.inbox = new Inbox(server.url);
  }

  /** `prepare` may change the database before the server opens it. */
  static async start(prepare: (databaseFile: string) => void = () => {}): Promise<Twofold> {
    const folder = await mkdtemp(join(tmpdir(), 'twofold-e2e-'));
    await cp(process.env[TEMPLATE]!, folder, { recursive: true });
    prepare(join(folder, 'twofold.sqlite'));
    return new Twofold(await Server.start(folder), folder);
  }

  get url(): string {
    return this.server.url;
  }

  /** A program or another device, signed out. */
  api(): Api {
    return new Api(this.url, this.inbox);
  }

  async end(): Promise<void> {
    await this.server.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Starts the next test's server while a test runs. */
class Spare {
  private next: Promise<Twofold> | null = null;

  async take(): Promise<Twofold> {
    const current = this.next ?? Twofold.start();
    const twofold = await current;
    this.next = Twofold.start();
    // Whoever takes it hears of a failure; until then nobody listens.
    this.next.catch(() => {});
    return twofold;
  }

  async end(): Promise<void> {
    await (await this.next)?.end();
  }
}

interface TestFixtures {
  twofold: Twofold;
  /** Fails a test during which the page threw. */
  pageErrors: undefined;
}

interface WorkerFixtures {
  spare: Spare;
  shared: Twofold;
}

/** A test with a server of its own. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  spare: [
    async ({}, use) => {
      const spare = new Spare();
      await use(spare);
      await spare.end();
    },
    { scope: 'worker' },
  ],
  shared: [
    async ({}, use) => {
      const twofold = await Twofold.start();
      await use(twofold);
      await twofold.end();
    },
    { scope: 'worker' },
  ],
  twofold: async ({ spare }, use) => {
    const twofold = await spare.take();
    await use(twofold);
    await twofold.end();
  },
  baseURL: async ({ twofold }, use) => use(twofold.url),
  pageErrors: [
    async ({ page }, use) => {
      const thrown: string[] = [];
      page.on('pageerror', (error) => thrown.push(error.message));
      await use(undefined);
      expect(thrown).toEqual([]);
    },
    { auto: true },
  ],
});

/** A test that changes no account: it may meet the traces of other such tests, which are sign-ins alone. */
export const readingTest = test.extend({
  twofold: async ({ shared }, use) => use(shared),
});

/** A test in organisations that demand two-factor though nobody here has it: no operation would allow that, so it is set in the
 *  database. */
export const demandingTest = test.extend({
  twofold: async ({}, use) => {
    const twofold = await Twofold.start((databaseFile) => {
      const database = new Database(databaseFile);
      database.exec('UPDATE organizations SET two_factor_required = 1');
      database.close();
    });
    await use(twofold);
    await twofold.end();
  },
});
