import type { Sample } from './verdict.js';

const [WIDTH, HEIGHT, LEFT, TOP] = [860, 150, 60, 34];

/** Memory over time, and what is open: two lines each, from nought. */
export function soakChart(samples: readonly Sample[]): string {
  const panels = [
    panel(
      0,
      'MiB',
      [
        {
          title: 'resident memory',
          colour: '#1f6feb',
          values: samples.map(({ at, rss }) => ({ at, value: rss / 2 ** 20 })),
        },
        {
          title: 'heap and buffers in use',
          colour: '#d97706',
          values: samples.map(({ at, heap }) => ({ at, value: heap / 2 ** 20 })),
        },
      ],
      samples,
    ),
    panel(
      1,
      'open',
      [
        {
          title: 'sockets',
          colour: '#1f6feb',
          values: samples.map(({ at, sockets }) => ({ at, value: sockets })),
        },
        { title: 'files', colour: '#d97706', values: samples.map(({ at, files }) => ({ at, value: files })) },
      ],
      samples,
    ),
  ];
  const height = 2 * (HEIGHT + TOP) + 30;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(WIDTH)} ${String(height)}" role="img" aria-label="Memory and open handles of the server during the soak">`,
    '<style>text{font:12px system-ui,sans-serif;fill:#1f2328}path{fill:none;stroke-width:1.5}@media (prefers-color-scheme:dark){text{fill:#e6edf3}}</style>',
    ...panels,
    `<text x="${String(WIDTH - 8)}" y="${String(height - 8)}" text-anchor="end">${((samples.at(-1)?.at ?? 0) / 60).toFixed(0)} minutes</text>`,
    '</svg>\n',
  ].join('\n');
}

interface Line {
  readonly title: string;
  readonly colour: string;
  readonly values: readonly { readonly at: number; readonly value: number }[];
}

function panel(place: number, unit: string, lines: readonly Line[], samples: readonly Sample[]): string {
  const bottom = (place + 1) * (TOP + HEIGHT);
  const highest = Math.max(...lines.flatMap(({ values }) => values.map(({ value }) => value)), 1);
  const longest = samples.at(-1)?.at ?? 1;
  const x = (at: number) => (LEFT + (at / longest) * (WIDTH - LEFT - 8)).toFixed(1);
  const y = (value: number) => (bottom - (value / highest) * (HEIGHT - 10)).toFixed(1);
  const titles = lines.map(
    ({ title, colour }, index) =>
      `<text x="${String(LEFT + index * 190)}" y="${String(bottom - HEIGHT - 4)}" style="fill:${colour}">${title}</text>`,
  );
  const paths = lines.map(
    ({ colour, values }) =>
      `<path stroke="${colour}" d="M${values.map(({ at, value }) => `${x(at)} ${y(value)}`).join('L')}"/>`,
  );
  return [
    `<text x="${String(LEFT - 8)}" y="${y(highest)}" text-anchor="end">${highest.toFixed(0)} ${unit}</text>`,
    `<text x="${String(LEFT - 8)}" y="${String(bottom)}" text-anchor="end">0</text>`,
    `<path stroke="#8a8f98" d="M${String(LEFT)} ${String(bottom)}H${String(WIDTH - 8)}"/>`,
    ...titles,
    ...paths,
  ].join('\n');
}
