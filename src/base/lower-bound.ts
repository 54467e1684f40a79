/** Index of the first entry of an ascending list that is not below `value`; the list's length if all are. */
export function lowerBound(list: Uint32Array | Int32Array, value: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
