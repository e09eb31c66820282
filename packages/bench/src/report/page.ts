/** The parts of docs/performance.md that are written by a run, each between `<!-- NAME -->` and `<!-- /NAME -->`. */
export type Part = 'bench' | 'browser';

/** Puts the figures between the markers of a page; what stands around them is a person's. */
export function betweenMarkers(page: string, figures: string, part: Part = 'bench'): string {
  const [opening, closing] = [`<!-- ${part} -->`, `<!-- /${part} -->`];
  const begin = page.indexOf(opening);
  const end = page.indexOf(closing);
  if (begin < 0 || end < begin) throw new Error(`The page has no ${opening} and ${closing} in this order.`);
  return `${page.slice(0, begin + opening.length)}\n\n${figures}\n\n${page.slice(end)}`;
}
