/** Searches regions by name or label. */
interface Searchable {
  readonly name: string;
  readonly labels: string;
}

/** Regions whose name contains the text, or that contain the label typed; all regions for an empty text. */
export function searchRegions<T extends Searchable>(rows: readonly T[], text: string): readonly T[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return rows;
  const label = /^-?\d+$/.test(wanted) ? Number(wanted) : null;
  return rows.filter(
    (row) => row.name.toLowerCase().includes(wanted) || (label !== null && hasLabel(row.labels, label)),
  );
}

/** True if a label list such as `7, 9–11` includes the label. */
function hasLabel(text: string, label: number): boolean {
  return text.split(", ").some((part) => {
    const [from, to] = part.split("–").map(Number);
    return from !== undefined && label >= from && label <= (to ?? from);
  });
}
