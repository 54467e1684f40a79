/** Hook for the lines of the comparison that is shown. */
import { useMemo } from "react";
import { selectAllRows } from "../../state/regions/region-rows.ts";
import { useStore } from "../../state/store.ts";
import { type CompareLine, compareLines } from "./compare-lines.ts";
import { selectCompareQuery } from "./compare-selectors.ts";

const NO_LINES: readonly CompareLine[] = [];

/** Every line, in the order of the list. */
export function useLines(): readonly CompareLine[] {
  const query = useStore(selectCompareQuery);
  const rows = useStore(selectAllRows);
  const result = useStore((s) => s.compareResult);
  return useMemo(() => {
    if (!query) return NO_LINES;
    return compareLines(query, rows, result?.query === query ? result.counts : null);
  }, [query, rows, result]);
}
