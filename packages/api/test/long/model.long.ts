import { describe, expect, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import type { Played } from '../model/check-stories.js';
import { checkStories } from '../model/check-stories.js';
import { reportSection } from './report.js';

const STORIES = 400;

/** Stories that never come here prove little. */
const mustBeSeen = [
  'sign in right: SignedIn',
  'sign in right: TwoFactorChallenge',
  'sign in right: TOO_MANY_ATTEMPTS',
  'sign in wrong: INVALID_CREDENTIALS',
  'text again: CodeDelivery',
  'text again: RESEND_TOO_SOON',
  'text again: TEXT_LIMIT_REACHED',
  'verify right: SignedIn',
  'verify right: TOO_MANY_ATTEMPTS',
  'verify right: CODE_EXPIRED',
  'verify right: CHALLENGE_EXPIRED',
  'verify next: SignedIn',
  'verify used: INVALID_CODE',
  'verify previous: INVALID_CODE',
  'verify malformed: INVALID_CODE',
  'recover right: SignedIn',
  'recover right: TOO_MANY_ATTEMPTS',
  'recover sloppy: SignedIn',
  'recover former: INVALID_CODE',
  'recover mistyped: INVALID_CODE',
  'look: User',
  'look: UNAUTHENTICATED',
  'confirm password right: PasswordConfirmed',
  'confirm password right: TOO_MANY_ATTEMPTS',
  'start: REAUTHENTICATION_REQUIRED',
  'enable right: TwoFactorEnabled',
  'enable right: CODE_EXPIRED',
  'enable right: SETUP_EXPIRED',
  'enable wrong: TOO_MANY_ATTEMPTS',
  'start phone: CodeDelivery',
  'start phone: PHONE_NUMBER_DUPLICATE',
  'confirm phone right: PhoneChanged',
  'view settings: TwoFactorSettings',
  'view settings: REAUTHENTICATION_REQUIRED',
  'remove backup: TwoFactorSettings',
  'regenerate: RecoveryCodeRegenerated',
  'disable right: TwoFactorDisabled',
  'change password right: PasswordChanged',
  'sign out: SignedOut',
];

describe.each(databases)('stories made by chance, on $name', ({ name, open }) => {
  it('come to every lock, expiry and replay, and end as the rules, told anew, expect', async () => {
    const played = await checkStories(open, STORIES);
    reportSection(`model-${name.toLowerCase()}`, sectionOf(name, played));
    expect(mustBeSeen.filter((outcome) => !played.seen.has(outcome))).toEqual([]);
  });
});

function sectionOf(name: string, { seed, stories, steps, seen }: Played): string {
  const rows = new Map<string, string[]>();
  for (const [what, times] of [...seen].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [step = '', outcome = ''] = what.split(': ');
    rows.set(step, [...(rows.get(step) ?? []), `${outcome} ${times.toLocaleString('en')}`]);
  }
  const requests = [...seen.values()].reduce((sum, times) => sum + times, 0);
  return [
    `## Stories made by chance, on ${name}`,
    '',
    `${stories.toLocaleString('en')} stories of ${steps.toLocaleString('en')} steps, ${requests.toLocaleString('en')} of them ` +
      `requests, with the seed ${String(seed)}. Every answer was the one that a small model of the rules expects.`,
    '',
    '| Step | How it ended, and how often |',
    '| --- | --- |',
    ...[...rows].map(([step, outcomes]) => `| ${step} | ${outcomes.join(', ')} |`),
  ].join('\n');
}
