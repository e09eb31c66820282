import { fileURLToPath } from 'node:url';
import { runCli } from './cli/run-cli.js';
import { processTerminal } from './cli/shell.js';

// Whoever reads the result may have enough of it: `audit export | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await runCli(process.argv.slice(2), {
  environment: process.env,
  root: fileURLToPath(new URL('../../../', import.meta.url)),
  terminal: processTerminal,
  input: process.stdin,
});
