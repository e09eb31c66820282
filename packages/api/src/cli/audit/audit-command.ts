import { sealAuditLog } from '@twofold/core/audit/seal-audit-log';
import { trimAuditLog } from '@twofold/core/audit/trim-audit-log';
import type { AuditVerdict } from '@twofold/core/audit/verify-audit-log';
import { verifyAuditLog } from '@twofold/core/audit/verify-audit-log';
import { Command, InvalidArgumentError } from 'commander';
import { readConfig } from '../../config.js';
import type { Document } from '../act.js';
import { act } from '../act.js';
import { exitCodes } from '../exit-code.js';
import type { OpenKeys } from '../keys/open-keys.js';
import { withKeys } from '../keys/open-keys.js';
import type { Shell, Terminal } from '../shell.js';
import { exportCommand } from './export-command.js';
import { partsOf } from './parts-of.js';

/** `audit …`: what an operator does with the audit log (docs/guides/audit.md). */
export function auditCommand({ environment, root, terminal }: Shell): Command {
  const open = <T>(work: (keys: OpenKeys) => Promise<T>) => withKeys(readConfig(environment, root), work);
  const audit = new Command('audit').description('the log of every attempt on an account');
  act(
    audit
      .command('verify')
      .description(
        'read the chain from its newest checkpoint to its end, and name the first line that is not as it was sealed',
      ),
    terminal,
    ['audit verify'],
    (call) => open((keys) => verify(keys, call.terminal)),
  );
  act<{ olderThan: number }>(
    audit
      .command('trim')
      .description('delete old lines and leave a signed checkpoint')
      .requiredOption('--older-than <days>', 'how many days stay', days),
    terminal,
    ['audit trim --older-than 365'],
    (call) => open((keys) => trim(keys, call.terminal, call.options.olderThan)),
  );
  audit.addCommand(exportCommand(terminal, open));
  return audit;
}

async function verify(keys: OpenKeys, terminal: Terminal): Promise<Document> {
  const verdict = await verifyAuditLog(partsOf(keys))();
  if (!verdict.whole) process.exitCode = exitCodes.FAILED;
  terminal.print(sentenceOf(verdict));
  return { ...verdict };
}

async function trim(keys: OpenKeys, terminal: Terminal, olderThan: number): Promise<Document> {
  const parts = partsOf(keys);
  // A line that is not sealed yet cannot be cut off.
  await sealAuditLog(parts)();
  const verdict = await verifyAuditLog(parts)();
  if (!verdict.whole) {
    process.exitCode = exitCodes.FAILED;
    terminal.print(`Nothing was deleted. ${sentenceOf(verdict)}`);
    return { deleted: 0, ...verdict };
  }
  const deleted = await trimAuditLog(parts)(olderThan);
  terminal.print(`Lines deleted: ${String(deleted)}.`);
  return { deleted, whole: true };
}

function sentenceOf(verdict: AuditVerdict): string {
  if (verdict.whole) {
    return `The chain holds: ${String(verdict.lines)} lines, from position ${String(verdict.from)} on.`;
  }
  const { first } = verdict;
  switch (first.fault) {
    case 'ALTERED':
      return `Position ${String(first.position)} is not as it was sealed (line ${String(first.id)}), or its key is not in ENCRYPTION_KEYS.`;
    case 'MISSING':
      return `Position ${String(first.position)} is missing.`;
    case 'END_CUT_OFF':
      return 'The newest lines are missing: the chain ends before its recorded end.';
    case 'CHECKPOINT_FORGED':
      return 'The newest checkpoint is not signed by this server, or its key is not in ENCRYPTION_KEYS.';
  }
}

function days(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('It is a number of days, 1 or more.');
  return Number(text);
}
