/** Formats labels as text. */
import { valueText } from "../volume/float32.ts";

/** Formats labels as people write them: `14–18, 25` for 14, 15, 16, 17, 18, 25. */
export function labelText(labels: readonly number[]): string {
  return labelRanges(labels).join(", ");
}

/** Labels in ascending order, three or more consecutive ones joined: `14–18` and `25`. */
export function labelRanges(labels: readonly number[]): string[] {
  const sorted = [...labels].sort((a, b) => a - b);
  const parts: string[] = [];
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    while (end + 1 < sorted.length && sorted[end + 1] === (sorted[end] ?? 0) + 1) end += 1;
    if (end - start >= 2) parts.push(`${sorted[start]}–${sorted[end]}`);
    else for (let i = start; i <= end; i += 1) parts.push(valueText(sorted[i] ?? 0));
    start = end + 1;
  }
  return parts;
}
