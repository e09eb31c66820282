/** Where a command writes. */
export interface Terminal {
  /** A line of the result. */
  print(line: string): void;
  /** A line about how it goes: not a part of the result. */
  note(line: string): void;
}

export const processTerminal: Terminal = {
  print: (line) => void process.stdout.write(`${line}\n`),
  note: (line) => void process.stderr.write(`${line}\n`),
};

/** A command cannot do what it was asked to. The message is the whole answer. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused';
}
