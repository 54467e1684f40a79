/** Joins names for sentences. */

/**
 * Joins names: "a", "a and b", "a, b and c"; a long list ends with "and 12 more". @param most maximum parts
 */
export function joinNames(names: readonly string[], most = 6): string {
  const left = names.length > most ? names.length - (most - 1) : 0;
  const shown = left > 0 ? [...names.slice(0, most - 1), `${left} more`] : names;
  const last = shown.at(-1) ?? "";
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(", ")} and ${last}`;
}

/** "a", "a or b", "a, b or c" */
export function alternatives(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
