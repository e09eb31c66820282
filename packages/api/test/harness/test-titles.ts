/** Whether a test, or a group of them, that is run has this title: it stands first among the arguments of a call. */
export function hasTest(source: string, title: string): boolean {
  const literal = title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<!skip|todo|skipIf\\([^\n]*\\))\\(\\s*(['"\`])${literal}\\1,`).test(source);
}
