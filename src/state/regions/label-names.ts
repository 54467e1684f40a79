/** Selects the names of labels. */
import { memo } from "../../base/memo.ts";
import { valueText } from "../../domain/volume/float32.ts";
import type { AppState } from "../app-state.ts";
import { selectRegionSet } from "../case/case-selectors.ts";

/**
 * Names of labels: from the label file, else the region of this label alone, else the region that contains
 * the label and is decoded as it.
 */
export const selectLabelNames = memo(
  (s: AppState) => [selectRegionSet(s), s.openCase?.labelNames],
  (set, fromFile): ReadonlyMap<number, string> => {
    const names = new Map<number, string>([[0, "background"]]);
    const regions = set?.regions ?? [];
    for (const { name, labels, classOrder } of regions) {
      if (classOrder !== null && labels.includes(classOrder)) names.set(classOrder, name);
    }
    for (const { name, labels } of regions.toReversed()) {
      const [only] = labels;
      if (labels.length === 1 && only !== undefined) names.set(only, name);
    }
    for (const { value, name } of fromFile ?? []) names.set(value, name);
    // Drops names such as "label 1", which would read "label 1 label 1".
    for (const [value, name] of names)
      if (name.toLowerCase() === `label ${valueText(value)}`) names.delete(value);
    return names;
  },
);
