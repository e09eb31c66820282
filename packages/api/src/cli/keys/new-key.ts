import { randomBytes } from 'node:crypto';
import type { Instant } from '@twofold/core/ports';
import { addKey, newEntry } from '../../adapters/key-file.js';
import { readConfig } from '../../config.js';
import type { Environment } from '../../environment.js';
import type { Terminal } from '../terminal.js';

/**
 * keys new: prints an entry to put in front of ENCRYPTION_KEYS. Where a development server keeps its keys in a file, it
 * puts the key in front there. Where keys are configured, or in production, nothing else has to be in order: the very
 * first key is made before there is a configuration.
 *
 * @throws {ConfigError} where the key file's place depends on a setting that is faulty
 */
export function newKey(environment: Environment, root: string, terminal: Terminal, now: Instant): void {
  const isSet = (name: string) => Boolean(environment[name]?.trim());
  const isConfigured =
    isSet('ENCRYPTION_KEYS') ||
    isSet('ENCRYPTION_KEYS_FILE') ||
    environment['APP_ENV']?.trim() === 'production';
  if (isConfigured) {
    const day = new Date(now).toISOString().slice(0, 10);
    terminal.print(newEntry(`${day}-${randomBytes(2).toString('hex')}`));
    terminal.note('Put it in front of ENCRYPTION_KEYS with a comma behind it, and restart the API.');
    return;
  }
  const { keyFile } = readConfig(environment, root);
  terminal.print(addKey(keyFile));
  terminal.note(`A key with this id stands in front in ${keyFile} now. Restart the API, then: keys rotate`);
}
