/** Searches regions by name or label. */
interface Searchable {
  readonly name: string;
  readonly labels: string;
}

/** The label that `12` or `label 12` searches for; null for any other text. */
export function searchedLabel(text: string): number | null {
  const [, digits] = /^(?:labels?\s*)?(-?\d+(?:\.\d+)?)$/i.exec(text.trim()) ?? [];
  return digits === undefined ? null : Number(digits);
}

/** Regions whose name contains the text, or that contain the label typed; all regions for an empty text. */
export function searchRegions<T extends Searchable>(rows: readonly T[], text: string): readonly T[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return rows;
  const label = searchedLabel(text);
  return rows.filter((row) => row.name.toLowerCase().includes(wanted) || hasLabel(row, label));
}

/** The best of the regions found: of this name, else with this label, else the first. */
export function bestMatch<T extends Searchable>(found: readonly T[], text: string): T | undefined {
  const wanted = text.trim().toLowerCase();
  const label = searchedLabel(text);
  return (
    found.find(({ name }) => name.toLowerCase() === wanted) ??
    found.find((row) => hasLabel(row, label)) ??
    found[0]
  );
}

/** True if a label list such as `7, 9–11` includes the label. */
export function hasLabel({ labels }: Pick<Searchable, "labels">, label: number | null): boolean {
  if (label === null || labels === "") return false;
  return labels.split(", ").some((part) => {
    const [from, to] = part.split("–").map(Number);
    return from !== undefined && label >= from && label <= (to ?? from);
  });
}
