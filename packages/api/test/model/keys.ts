import { newRecoveryCode } from '@twofold/core/two-factor/recovery-code';
import { nodeRandom } from '../../src/adapters/node-random.js';
import { PASSWORD } from '../harness/password.js';
import { setUpOf } from './setting-up.js';
import type { Account, AppCodes, Challenge, Model, Purpose, Session, Text } from './state.js';
import type { CodeKind, PasswordKind, RecoveryCodeKind } from './steps.js';

/** What the people of a story hold in their hands: right, old and wrong ones. */
export interface Keys {
  phone(number: number): string;
  password(account: Account, kind: PasswordKind): string;
  nextPassword(account: Account): string;
  signInCode(model: Model, account: Account, challenge: Challenge | undefined, kind: CodeKind): string;
  setUpCode(
    model: Model,
    account: Account,
    session: Session,
    wanted: { purpose: Purpose; kind: CodeKind },
  ): string;
  /** What is typed, and which code that is; null where it is none. */
  recoveryCode(account: Account, kind: RecoveryCodeKind): { typed: string; meant: string | null };
  /** Notes a code of app or text that was accepted, and a recovery code that was shown. */
  readonly used: Map<Account, string>;
  readonly shown: Map<Account, string[]>;
}

const passwords = [PASSWORD, 'violet umbrella tango 71', 'granite kettle orbit plume 5'];
const WRONG = '000000';
const malformed = ['12345', '1234567', '１２３４５６', ' 123456', 'abcdef'];

export function newKeys(phones: readonly string[]): Keys {
  const used = new Map<Account, string>();
  const shown = new Map<Account, string[]>();
  let misshapen = 0;
  const neighbour = ({ password }: Account, by: number) => {
    const present = passwords.indexOf(password ?? '');
    return passwords[(present + by + passwords.length) % passwords.length] ?? PASSWORD;
  };
  const common = (account: Account, kind: CodeKind) => {
    if (kind === 'malformed') return malformed[misshapen++ % malformed.length];
    return kind === 'used' ? used.get(account) : WRONG;
  };
  return {
    used,
    shown,
    phone: (number) => phones[number] ?? '',
    password(account, kind) {
      if (kind === 'wrong') return 'not the password';
      return kind === 'former' ? neighbour(account, -1) : (account.password ?? PASSWORD);
    },
    nextPassword: (account) => neighbour(account, 1),
    signInCode(model, account, challenge, kind) {
      const own = account.protection?.app
        ? appCode(account.protection.app, kind)
        : textCode(model, account, challenge?.texts ?? [], kind);
      return own ?? common(account, kind) ?? WRONG;
    },
    setUpCode(model, account, session, { purpose, kind }) {
      const setUp = setUpOf(model, account, session, purpose);
      const own = setUp?.app
        ? appCode(setUp.app, kind)
        : textCode(model, account, setUp?.text ? [setUp.text] : [], kind);
      return own ?? common(account, kind) ?? WRONG;
    },
    recoveryCode(account, kind) {
      const right = account.protection?.recoveryCode ?? newRecoveryCode(nodeRandom);
      const known = shown.get(account) ?? [];
      if (kind === 'right') return { typed: right, meant: right };
      if (kind === 'sloppy') return { typed: ` ${right.replaceAll('-', ' ').toLowerCase()}`, meant: right };
      if (kind === 'mistyped')
        return { typed: `${right.startsWith('A') ? 'B' : 'A'}${right.slice(1)}`, meant: null };
      const other = (kind === 'former' && known.at(-2)) || newRecoveryCode(nodeRandom);
      return { typed: other, meant: other };
    },
  };
}

function appCode(app: AppCodes, kind: CodeKind): string | undefined {
  const steps = { right: 0, next: 1, previous: -1, old: -2, used: null, wrong: null, malformed: null }[kind];
  return steps === null ? undefined : app.code(steps);
}

function textCode(model: Model, account: Account, own: readonly Text[], kind: CodeKind): string | undefined {
  const ever = model.texts.filter((text) => text.account === account);
  if (kind === 'right') return own.at(-1)?.code;
  if (kind === 'previous') return own.at(-2)?.code;
  if (kind === 'next') return ever.at(-1)?.code;
  return kind === 'old' ? ever.at(0)?.code : undefined;
}
