import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/cli/exit-code.js';
import { readPassword } from '../../src/cli/read-password.js';
import { programOf } from '../../src/cli/run-cli.js';
import { runCliProcess, runHere } from './cli-scene.js';

const guide = readFileSync(new URL('../../../../docs/guides/operate.md', import.meta.url), 'utf8');

const silent = { print: () => undefined, note: () => undefined, write: () => Promise.resolve() };
const program = programOf({ environment: {}, root: '/', terminal: silent, input: new PassThrough() });

/** `user create`, and all others that do something by themselves. */
function leaves(command: Command, names: string[] = []): string[] {
  const subs = command.commands.filter((sub) => sub.name() !== 'help');
  return subs.length === 0 ? [names.join(' ')] : subs.flatMap((sub) => leaves(sub, [...names, sub.name()]));
}

describe('the command line', () => {
  it.each(leaves(program))('%s: --help has an example and --json, and the guide knows it', async (name) => {
    const { code, stdout } = await runHere({}, ...name.split(' '), '--help');
    expect(code).toBe(0);
    expect(stdout).toContain('--json');
    expect(stdout).toMatch(new RegExp(`Examples:\n  pnpm cli ${name}\\b`));
    expect(guide).toContain(`\`${name}`);
  });

  it('the guide has a line for each exit code', () => {
    const rows = guide.match(/^\| exit code .*\n(?:\|.*\n)+/m)?.[0].split('\n') ?? [];
    const codes = rows.flatMap((row) => /^\| (\d+) /.exec(row)?.slice(1).map(Number) ?? []);
    expect(codes).toEqual([...new Set(Object.values(exitCodes))]);
  });

  it.each([
    ['nothing', [], 2],
    ['an unknown command', ['destroy'], 2],
    ['a command without its verb', ['user'], 2],
    ['an unknown option', ['migrate', 'up', '--force'], 2],
    ['a word too many', ['migrate', 'up', 'now'], 2],
    ['a word too few', ['user', 'deactivate'], 2],
    ['the help', ['help'], 0],
  ])('%s', async (_, words, code) => {
    const answered = await runHere({}, ...words);
    expect(answered.code).toBe(code);
    if (code !== 0) expect(answered).toMatchObject({ stdout: '', stderr: expect.stringMatching(/./) });
  });

  it('as a process: a wrong word with --json is one document, and the exit code is 2', async () => {
    const answered = await runCliProcess({}, 'migrate', 'sideways', '--json');
    expect(answered.code).toBe(2);
    expect(JSON.parse(answered.stdout)).toMatchObject({ error: { code: 'WRONG_USAGE' } });
  });
});

describe('a password from the keyboard', () => {
  /** A terminal at which these keys are typed, one line after the other is asked for. */
  function keyboard(...lines: string[]) {
    const modes: boolean[] = [];
    const input = Object.assign(new PassThrough(), {
      isTTY: true,
      setRawMode: (raw: boolean) => void modes.push(raw),
    });
    const said: string[] = [];
    const note = (line: string) => {
      said.push(line);
      const next = lines.shift();
      if (next !== undefined) setImmediate(() => input.write(next));
    };
    return { input, modes, said, note };
  }

  it('is asked for twice and does not show; a slip can be taken back', async () => {
    const { input, modes, said, note } = keyboard('corect\u007f\u007f\u007frect-horse\r', 'correct-horse\r');
    expect(await readPassword(input, { note })).toBe('correct-horse');
    // Raw while it is typed: the terminal does not echo then; and as before afterwards.
    expect(modes).toEqual([true, false, true, false]);
    expect(said).toEqual(['Password (it does not show):', 'The same again:']);
  });

  it.each([
    ['two that differ', ['one-password\r', 'another-one\r'], 'differ'],
    ['the end of the input', ['\u0004'], 'Nothing was entered'],
    ['Ctrl-C', ['secr\u0003'], 'Interrupted'],
  ])('%s: nothing is done, and the terminal echoes again', async (_, lines, sentence) => {
    const { input, modes, note } = keyboard(...lines);
    await expect(readPassword(input, { note })).rejects.toThrow(sentence);
    expect(modes.at(-1)).toBe(false);
  });
});
