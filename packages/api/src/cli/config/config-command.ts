import { Command } from 'commander';
import { readConfig } from '../../config.js';
import type { Document } from '../act.js';
import { act } from '../act.js';
import { exitCodes } from '../exit-code.js';
import type { Shell, Terminal } from '../shell.js';
import { settingsOf } from './settings.js';
import { tryConnections } from './try-connections.js';

/** `config …`: before a start. */
export function configCommand({ environment, root, terminal }: Shell): Command {
  const config = new Command('config').description('the settings that the API would start with');
  act(
    config
      .command('check')
      .description('read the environment as the start does, and try what it names; nothing is changed'),
    terminal,
    ['config check', 'config check --json'],
    (call) => check({ environment, root }, call.terminal),
  );
  return config;
}

async function check(
  { environment, root }: Pick<Shell, 'environment' | 'root'>,
  terminal: Terminal,
): Promise<Document> {
  const config = readConfig(environment, root);
  const settings = settingsOf(config);
  for (const [name, value] of Object.entries(settings)) terminal.print(`${name.padEnd(18)} ${value}`);
  const connections = await tryConnections(config);
  for (const { name, ok, detail } of connections)
    terminal.print(`${ok ? 'ok    ' : 'FAULT '} ${name}: ${detail}`);
  if (connections.some(({ ok }) => !ok)) process.exitCode = exitCodes.FAILED;
  return { settings, connections };
}
