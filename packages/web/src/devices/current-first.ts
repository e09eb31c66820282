interface Marked {
  readonly isCurrent: boolean;
}

/** The one in hand leads; the others stay in their order. */
export const currentFirst = (a: Marked, b: Marked): number => Number(b.isCurrent) - Number(a.isCurrent);
