export const BEGIN = '<!-- bench -->';
export const END = '<!-- /bench -->';

/** Puts the figures between the markers of a page; what stands around them is a person's. */
export function betweenMarkers(page: string, figures: string): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`The page has no ${BEGIN} and ${END} in this order.`);
  return `${page.slice(0, begin + BEGIN.length)}\n\n${figures}\n\n${page.slice(end)}`;
}
