/** One entry of /dev/inbox.json, as the contract has it. */
export interface Message {
  readonly id: string;
  readonly channel: 'sms' | 'email';
  readonly to: string;
  readonly text: string;
  readonly sentAt: string;
}

/** The texts that the server would have sent. */
export class Inbox {
  constructor(private readonly url: string) {}

  /** Oldest first; those to `to` alone where it is given. */
  async texts(to?: string): Promise<readonly Message[]> {
    const response = await fetch(`${this.url}/dev/inbox.json`);
    const messages = (await response.json()) as readonly Message[];
    return messages.filter((one) => one.channel === 'sms' && (to === undefined || one.to === to));
  }

  /** Where the link of the newest mail to `to` leads that opens `page`; waits for it. @throws where none comes in 5 s */
  async link(to: string, page: string): Promise<string> {
    for (let tries = 0; tries < 50; tries++) {
      const response = await fetch(`${this.url}/dev/inbox.json`);
      const mails = ((await response.json()) as readonly Message[]).filter(
        (one) => one.channel === 'email' && one.to === to,
      );
      const links = mails.flatMap(({ text }) => text.match(/\/[a-z-]+#[\w-]+/g) ?? []);
      const link = links.findLast((one) => one.startsWith(`/${page}#`));
      if (link !== undefined) return link;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`No mail to ${to} leads to ${page}.`);
  }

  /** What the newest mail to this address says; it may still be on its way. */
  async newestMail(to: string): Promise<string> {
    const response = await fetch(`${this.url}/dev/inbox.json`);
    const messages = (await response.json()) as readonly Message[];
    return messages.findLast((one) => one.channel === 'email' && one.to === to)?.text ?? '';
  }

  /** The code of the newest text. @throws where there is none */
  async newestCode(to?: string): Promise<string> {
    const text = (await this.texts(to)).at(-1)?.text ?? '';
    const code = /^(\d{6}) is your /.exec(text)?.[1];
    if (code === undefined)
      throw new Error(`No text with a code was sent${to === undefined ? '' : ` to ${to}`}.`);
    return code;
  }
}

/** A code of the right form that is not `code`. */
export function wrongCode(code: string): string {
  return code === '000000' ? '000001' : '000000';
}
