import { setTimeout as sleep } from 'node:timers/promises';
import { untilAvailable } from '../../../src/store/engine/database-unavailable.js';
import type { Database } from '../../../src/store/data-source.js';
import { chanceOf } from '../kills/chance.js';
import type { Ledger } from '../kills/ledger.js';
import type { Person } from '../kills/person.js';
import { isGone } from '../kills/service.js';

/** Not a wrong answer: none, or that there is none now. */
export const isOutage = (error: unknown) =>
  isGone(error) || (error instanceof Error && error.message.includes('"SERVICE_UNAVAILABLE"'));

/** People who use the service by whichever process chance sends them to, and remember what they were told. */
export class Crowd {
  /** How often somebody was told that the service is not available, or was cut off. */
  refused = 0;
  private stopping = false;
  private readonly leaving = new AbortController();
  private living: Promise<void>[] = [];

  constructor(
    readonly people: readonly Person[],
    private readonly urls: readonly string[],
    private readonly ledger: Ledger,
    private readonly database: Database,
  ) {}

  get told(): number {
    return this.people.reduce((sum, person) => sum + person.told, 0);
  }

  start(seed: number): void {
    this.stopping = false;
    this.living = this.people.map((person, i) => this.live(person, seed + i));
  }

  /** Resolves once everybody has done what they were at. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.living);
  }

  /** Waits for nobody: where the test has failed, the service may never be there again. */
  async abandon(): Promise<void> {
    this.stopping = true;
    this.leaving.abort();
    await Promise.allSettled(this.living);
  }

  private async live(person: Person, seed: number): Promise<void> {
    const chance = chanceOf(seed);
    while (!this.stopping) {
      const before = person.told;
      try {
        await person.act(chance.oneOf(this.urls), chance);
        // Where there was nothing to do at this moment, as before the app's next code.
        if (person.told === before) await sleep(20);
      } catch (error) {
        if (!isOutage(error)) throw error;
        this.refused += 1;
        await this.settle(person);
      }
    }
  }

  /** Nobody was told how it ended: the log says, once it can be written to again, and so has all that came before. */
  private async settle(person: Person): Promise<void> {
    const { signal } = this.leaving;
    await untilAvailable(() => this.database.transaction(() => this.database.sql.all('SELECT 1')), {
      signal,
    });
    await sleep(500);
    const { unknown } = person;
    const settle = () => {
      person.unknown = unknown;
      return this.ledger.settle(person);
    };
    await untilAvailable(settle, { signal });
  }
}
