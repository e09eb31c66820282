import type { Readable } from 'node:stream';
import type { Terminal } from './shell.js';
import { CommandRefused, Interrupted } from './shell.js';

/** Standard input: a keyboard, or what another program pipes in. */
export type KeyboardInput = Readable & {
  readonly isTTY?: boolean;
  setRawMode?: (raw: boolean) => unknown;
};

const LONGEST = 4_096;

/**
 * Reads a password: typed twice without showing, or the one line that is piped in. There is no option for it: arguments show in
 * the list of processes and in the history of the shell.
 *
 * @throws {CommandRefused} where the two differ, or nothing came
 */
export async function readPassword(input: KeyboardInput, { note }: Pick<Terminal, 'note'>): Promise<string> {
  if (input.isTTY !== true) return readLine(input);
  note('Password (it does not show):');
  const password = await typedLine(input);
  note('The same again:');
  if ((await typedLine(input)) !== password)
    throw new CommandRefused('The two passwords differ. Nothing was done.');
  return password;
}

async function readLine(input: KeyboardInput): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of input as AsyncIterable<Buffer | string>) {
    const bytes = Buffer.from(part);
    parts.push(bytes);
    length += bytes.length;
    if (length > LONGEST) throw new CommandRefused('That is too long for a password.');
  }
  const [line = '', ...more] = Buffer.concat(parts).toString('utf8').split(/\r?\n/);
  if (line === '' || more.some((rest) => rest !== ''))
    throw new CommandRefused('The password is read from standard input, where it is the only line.');
  return line;
}

/** One line from the keyboard, nothing of which shows. */
async function typedLine(input: KeyboardInput): Promise<string> {
  input.setRawMode?.(true);
  input.resume();
  try {
    return await new Promise<string>((resolve, reject) => {
      let typed = '';
      const end = (settle: () => void) => {
        input.off('data', take);
        settle();
      };
      const take = (chunk: Buffer) => {
        for (const key of chunk.toString('utf8')) {
          if (key === '\r' || key === '\n') return end(() => resolve(typed));
          if (key === '\u0003') return end(() => reject(new Interrupted('SIGINT')));
          if (key === '\u0004') return end(() => reject(new CommandRefused('Nothing was entered.')));
          // Backspace, as terminals send it.
          typed = key === '\u007f' || key === '\b' ? [...typed].slice(0, -1).join('') : typed + key;
        }
      };
      input.on('data', take);
    });
  } finally {
    input.setRawMode?.(false);
    input.pause();
  }
}
