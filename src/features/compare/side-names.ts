/** Names of the two sides of a comparison. */
import { memo } from "../../base/memo.ts";
import type { AppState } from "../../state/app-state.ts";
import { selectShownScales } from "../../state/case/shown-patch.ts";
import { scaleName } from "../../state/view/view-names.ts";
import { otherMode } from "./compare-selectors.ts";

export const MODE_NAMES = {
  "nearest-exact": "nearest-exact",
  "resize-segmentation": "resize (order 0)",
} as const;

/** Clamps to the last scale, because an address may ask for a scale that the case does not have. */
function shownScale(s: AppState, scale: number): number {
  return Math.min(scale, Math.max(0, selectShownScales(s).length - 1));
}

export const sideNames = memo(
  (s: AppState) =>
    [
      s.compareKind,
      shownScale(s, s.sliceScale),
      shownScale(s, s.compareScale),
      s.mode,
      s.otherDefinition?.title,
      s.secondLabels?.name,
      s.openCase?.name,
    ] as const,
  (kind, scale, otherScale, mode, title, file, opened) => {
    switch (kind) {
      case "scale":
        return { a: scaleName(scale), b: scaleName(otherScale) };
      case "mode":
        return { a: MODE_NAMES[mode], b: MODE_NAMES[otherMode(mode)] };
      case "definition":
        return { a: "current dataset.json", b: title ?? "other dataset.json" };
      case "file":
        return { a: opened ?? "open labels", b: file ?? "other label file" };
    }
  },
);
