import type { ContestantId } from '../contestants/contestant.js';
import { titles } from '../contestants/contestant.js';
import { workloads } from '../workloads/workloads.js';
import type { Figures } from './figures.js';

const BAR = 15;
const GAP = 26;
const LEFT = 190;
const WIDTH = 860;
const RIGHT = 80;

const colours: Readonly<Record<ContestantId, string>> = {
  floor: '#8a8f98',
  known: '#1f6feb',
  any: '#79b0ff',
  'better-auth': '#d97706',
  accounts: '#9a6bd3',
};

/** CPU a piece of work, one bar a contestant. Logarithmic: the smallest and the largest are three hundred times apart. */
export function chartOf(figures: Figures): string {
  const groups = workloads.flatMap(({ id, title }) => {
    const bars = (Object.keys(titles) as ContestantId[]).flatMap((contestant) => {
      const cpu = figures.of(id, contestant)?.cpu;
      return cpu === undefined ? [] : [{ contestant, cpu }];
    });
    return bars.length === 0 ? [] : [{ title: `${id.slice(0, 2)} ${title}`, bars }];
  });
  const values = groups.flatMap(({ bars }) => bars.map(({ cpu }) => cpu));
  const least = 10 ** Math.floor(Math.log10(Math.min(...values)));
  const decades = Math.log10(Math.max(...values) / least);
  const lengthOf = (cpu: number) => (Math.log10(cpu / least) / decades) * (WIDTH - LEFT - RIGHT);

  const parts: string[] = [];
  let top = 44;
  for (const { title, bars } of groups) {
    parts.push(`<text class="title" x="8" y="${String(top)}">${title}</text>`);
    top += 8;
    for (const { contestant, cpu } of bars) {
      const length = lengthOf(cpu).toFixed(1);
      const middle = String(top + BAR - 4);
      parts.push(
        `<text x="${String(LEFT - 8)}" y="${middle}" text-anchor="end">${titles[contestant]}</text>`,
        `<rect x="${String(LEFT)}" y="${String(top)}" width="${length}" height="${String(BAR - 3)}" rx="2" fill="${colours[contestant]}"/>`,
        `<text x="${(LEFT + Number(length) + 6).toFixed(1)}" y="${middle}">${Math.round(cpu).toLocaleString('en-GB')} µs</text>`,
      );
      top += BAR;
    }
    top += GAP;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(WIDTH)} ${String(top - 6)}" role="img" aria-label="CPU of the server for one piece of work">`,
    '<style>text{font:12px system-ui,sans-serif;fill:#1f2328}.title{font-weight:600}@media (prefers-color-scheme:dark){text{fill:#e6edf3}}</style>',
    '<text class="title" x="8" y="18">CPU of the server for one piece of work, µs, password hashing left out (logarithmic)</text>',
    ...parts,
    '</svg>\n',
  ].join('\n');
}
