import type { AuditAction } from '@twofold/core/audit/audit-log';
import type { App } from '../../harness/client.js';
import type { AnyResult } from '../../harness/scene.js';

/** What was going on when the process was killed: nobody was told how it ended. */
interface Unknown {
  readonly action: AuditAction;
  /** What is so if it happened after all. */
  readonly happened: () => void;
}

/** What a program that acts for a user was told. Its operations follow one another, so one at most is unknown. */
export class Told {
  token: string | null = null;
  app: App | null = null;
  recoveryCode: string | null = null;
  formerPassword: string | null = null;
  readonly dead = { tokens: [] as string[], codes: [] as string[], recoveryCodes: [] as string[] };
  /** How often each action was done, as far as it is known. */
  readonly done = new Map<AuditAction, number>();
  unknown: Unknown | null = null;
  /** How many operations that change something were acknowledged. */
  told = 0;
  /** Sessions opened before the one at hand, and alive beside it. */
  protected others: string[] = [];

  constructor(
    readonly id: string,
    readonly email: string,
    public password: string,
  ) {}

  /** Sends what changes something, and remembers it as unknown until it is answered. */
  protected async change(
    action: AuditAction,
    send: () => Promise<AnyResult>,
    happened: () => void,
    told: (result: AnyResult & Record<string, unknown>) => void = () => undefined,
  ): Promise<void> {
    this.unknown = { action, happened };
    const result = await send();
    this.unknown = null;
    if (result.__typename === 'Problem') throw new Error(`${action}: ${JSON.stringify(result)}`);
    this.count(action);
    this.told += 1;
    happened();
    told(result as AnyResult & Record<string, unknown>);
  }

  count(action: AuditAction): void {
    this.done.set(action, (this.done.get(action) ?? 0) + 1);
  }

  protected othersEnded(): void {
    this.dead.tokens.push(...this.others);
    this.others = [];
  }

  protected turnedOff(): void {
    if (this.recoveryCode) this.dead.recoveryCodes.push(this.recoveryCode);
    this.app = null;
    this.recoveryCode = null;
  }
}
