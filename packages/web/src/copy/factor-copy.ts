import { factorCopy } from '@twofold/factors/copy';
import type { TwoFactorMethod } from '@twofold/contract/graphql';

interface FactorWords {
  readonly title: string;
  readonly blurb: string;
  readonly name: string;
}

function wordsOf(method: TwoFactorMethod): FactorWords {
  const { title, blurb, name } = factorCopy[method];
  return { title, blurb, name };
}

/** What the screens call each second factor in English. A new method that has no line here fails the build. */
export const factors = { TOTP: wordsOf('TOTP'), SMS: wordsOf('SMS') } satisfies Record<
  TwoFactorMethod,
  FactorWords
>;
