import { SignInDocument } from '@twofold/contract/graphql';
import type { Answer } from './client.js';
import { Client } from './client.js';
import { PASSWORD } from './password.js';

/** A browser: it has no token, and keeps the cookies that it is given. */
export class Browser extends Client {
  constructor(
    url: string,
    readonly cookies = new Map<string, string>(),
  ) {
    super(url);
  }

  /** The same browser, at another node of the service. */
  at(url: string): Browser {
    return new Browser(url, this.cookies);
  }

  override async send<Data = Record<string, unknown>>(
    query: string,
    variables?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Data>> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await super.send<Data>(query, variables, { ...(cookie && { cookie }), ...headers });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }

  override async signIn(email: string, password = PASSWORD) {
    return (await this.run(SignInDocument, { input: { email, password } })).signIn;
  }
}
