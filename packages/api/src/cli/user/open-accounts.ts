import { userInfo } from 'node:os';
import type { AuditLog } from '@twofold/core/audit/audit-log';
import type {
  Clock,
  Digest,
  Hasher,
  Notifier,
  PasswordStrength,
  Random,
  Transaction,
} from '@twofold/core/ports';
import type { Stores } from '@twofold/core/use-cases';
import { offerWayBack } from '@twofold/core/way-back/offer-way-back';
import type { AccountStore } from '@twofold/core/users/account-store';
import { createArgon2Hasher } from '../../adapters/passwords/argon2-hasher.js';
import { ofSecret } from '../../adapters/keys/hmac-digest.js';
import { inBackground } from '../../adapters/in-background.js';
import { createMailNotifier } from '../../adapters/mail/mail-notifier.js';
import type { Mailer } from '../../adapters/mail/mailer.js';
import { nodeRandom } from '../../adapters/node-random.js';
import { createSmtpMailer } from '../../adapters/mail/smtp-mailer.js';
import { systemClock } from '../../adapters/system-clock.js';
import { createZxcvbnStrength } from '../../adapters/passwords/zxcvbn-strength.js';
import { readConfig } from '../../config.js';
import { accountStore } from '../../store/users/account.store.js';
import { createStores } from '../../store/stores.js';
import { withDatabase } from '../open-database.js';
import type { FullShell, Terminal } from '../shell.js';

/** What the rules for operators need. */
export interface Accounts extends Omit<Stores, 'audit'> {
  readonly audit: AuditLog;
  readonly accounts: AccountStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly hasher: Hasher;
  readonly strength: PasswordStrength;
  readonly notifier: Notifier;
  readonly transaction: Transaction;
  readonly digest: Pick<Digest, 'ofSecret'>;
  /** Where links lead to. */
  readonly publicUrl: string;
}

/** Opens the accounts for a command. What owners are told by mail is on its way before it ends. */
export async function withAccounts<T>(
  shell: FullShell,
  terminal: Terminal,
  work: (accounts: Accounts) => Promise<T>,
): Promise<T> {
  const config = readConfig(shell.environment, shell.root);
  const mailing = inBackground(() =>
    terminal.note('The mail to the owner could not be sent: tell them yourself.'),
  );
  const unsent: Mailer = {
    send: () => Promise.resolve(terminal.note('No mail server is configured: tell the owner yourself.')),
  };
  const mailer = shell.mailer ?? (config.mail.driver === 'smtp' ? createSmtpMailer(config.mail) : unsent);
  const origin = { requestId: nodeRandom.id(), address: null, device: `twofold-cli, operator ${operator()}` };
  return withDatabase(config, async (database) => {
    const common = { clock: systemClock, random: nodeRandom };
    const stores = createStores(database, { ...common, origin: () => origin });
    const result = await work({
      ...stores,
      ...common,
      accounts: accountStore(database),
      hasher: createArgon2Hasher(),
      strength: createZxcvbnStrength(),
      notifier: createMailNotifier({
        mailer,
        clock: systemClock,
        publicUrl: config.publicUrl,
        background: mailing,
        wayBack: offerWayBack({ ...common, digest: { ofSecret }, links: stores.links }),
      }),
      transaction: database.transaction,
      digest: { ofSecret },
      publicUrl: config.publicUrl,
    });
    await mailing.settled();
    return result;
  });
}

/** Whose shell it is, for the audit log. In a container the user may have no name. */
function operator(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}
