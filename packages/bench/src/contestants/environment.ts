/** A setting that the bench hands to each server that it starts. */
export function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`The bench did not set ${name}.`);
  return value;
}
