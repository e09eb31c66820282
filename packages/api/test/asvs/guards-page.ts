import type { Chapter } from './chapters.js';
import type { Requirement } from './requirement.js';

const states = ['met', 'not applicable', 'open'] as const;

/** What stands between the markers of docs/security/guards.md. */
export function asvsSection(chapters: readonly Chapter[]): string {
  const all = chapters.flatMap(({ requirements }) => requirements);
  const parts = [
    '## OWASP ASVS 5.0',
    `All requirements of levels 1 and 2, and those of level 3 that fit, of the Application Security Verification Standard 5.0.0, in our
words. This part is written from \`packages/api/test/asvs/requirements\`; a test holds it to that, looks for each file, and looks in each
test file for the title, which must not be skipped. **Open** says what is missing. What no test can show names the file that does.`,
    unpadded(
      ['Level', ...states],
      [1, 2, 3].map((level) => [
        String(level),
        ...states.map((state) =>
          String(all.filter((row) => row.level === level && row.state === state).length),
        ),
      ]),
    ),
    ...chapters.flatMap(({ title, requirements }) => [
      `### ${title}`,
      unpadded(['No.', 'L', 'Asks', 'State', 'How', 'Tests'], requirements.map(cellsOf)),
    ]),
  ];
  return parts.join('\n\n');
}

function cellsOf({ id, level, asks, state, how, files, tests }: Requirement): string[] {
  const named = files.map((file) => `\`${file}\``).join(', ');
  const proofs = tests.map(([file, title]) => `\`${file}\` “${title}”`).join('<br>');
  const bold = state === 'open' ? '**open**' : state;
  return [id, String(level), asks, bold, named === '' ? how : `${how}<br>${named}`, proofs];
}

/** Long cells: filled up to equal widths, as prettier does, the page would be mostly spaces. */
function unpadded(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return ['<!-- prettier-ignore-start -->', '', ...lines, '', '<!-- prettier-ignore-end -->'].join('\n');
}
