/** `result[x]`: how many entries of a table of source indices are below x, for x from 0 to `length`. */
export function samplesBefore(table: Uint32Array, length: number): Uint32Array {
  const before = new Uint32Array(length + 1);
  for (const x of table) before[x + 1] = (before[x + 1] ?? 0) + 1;
  for (let x = 1; x <= length; x++) before[x] = (before[x] ?? 0) + (before[x - 1] ?? 0);
  return before;
}
