import { randomBytes } from 'node:crypto';
import type { Instant } from '@twofold/core/ports';
import { addKey, newEntry } from '../../adapters/keys/key-file.js';
import { readConfig } from '../../config.js';
import type { Document } from '../act.js';
import type { Shell, Terminal } from '../shell.js';

/**
 * keys new: prints an entry to put in front of ENCRYPTION_KEYS. Where a development server keeps its keys in a file, it
 * puts the key in front there. Where keys are configured, or in production, nothing else has to be in order: the very
 * first key is made before there is a configuration.
 *
 * @throws {ConfigError} where the key file's place depends on a setting that is faulty
 */
export function newKey(
  { environment, root }: Pick<Shell, 'environment' | 'root'>,
  terminal: Pick<Terminal, 'print' | 'note'>,
  now: Instant,
): Document {
  const isSet = (name: string) => Boolean(environment[name]?.trim());
  const isConfigured =
    isSet('ENCRYPTION_KEYS') ||
    isSet('ENCRYPTION_KEYS_FILE') ||
    environment['APP_ENV']?.trim() === 'production';
  if (isConfigured) {
    const day = new Date(now).toISOString().slice(0, 10);
    const entry = newEntry(`${day}-${randomBytes(2).toString('hex')}`);
    terminal.print(entry);
    terminal.note('Put it in front of ENCRYPTION_KEYS with a comma behind it, and restart the API.');
    return { entry };
  }
  const { keyFile } = readConfig(environment, root);
  const id = addKey(keyFile);
  terminal.print(id);
  terminal.note(`A key with this id stands in front in ${keyFile} now. Restart the API, then: keys rotate`);
  return { id, keyFile };
}
