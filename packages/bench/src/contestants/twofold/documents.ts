import {
  SignInDocument,
  UsersDocument,
  VerifyTwoFactorCodeDocument,
  ViewerDocument,
} from '@twofold/contract/graphql';
import { print } from 'graphql';

export const operations = ['SignIn', 'VerifyTwoFactorCode', 'Viewer', 'Users', 'UsersWithoutTotal'] as const;
export type Operation = (typeof operations)[number];

/** The texts that the contract's own clients send. There is none that asks for a page without the total. */
export const knownTexts: Partial<Record<Operation, string>> = {
  SignIn: print(SignInDocument),
  VerifyTwoFactorCode: print(VerifyTwoFactorCodeDocument),
  Viewer: print(ViewerDocument),
  Users: print(UsersDocument),
};

/** The same operations as somebody else would write them: whatever is prepared for known texts does not serve these. */
export const anyTexts: Record<Operation, string> = {
  SignIn: byAnother(print(SignInDocument)),
  VerifyTwoFactorCode: byAnother(print(VerifyTwoFactorCodeDocument)),
  Viewer: byAnother(print(ViewerDocument)),
  Users: byAnother(print(UsersDocument)),
  UsersWithoutTotal: byAnother(print(UsersDocument).replace(/\n *totalCount(?=\n)/, '')),
};

function byAnother(text: string): string {
  return `# of another client\n${text.replace(/^(query|mutation) (\w+)/m, '$1 Another$2')}`;
}
