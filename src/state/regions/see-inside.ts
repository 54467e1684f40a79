/** Which shown regions contain others, to see these through them. */
import { memo } from "../../base/memo.ts";
import type { AppState } from "../app-state.ts";
import { selectDrawnRegions } from "../case/case-selectors.ts";
import { selectLayers } from "./layer-selectors.ts";

/** Opacity of regions that are seen through: of two around a third, this shows all three. */
export const SEE_THROUGH = 0.3;

/**
 * Names of the shown regions that have all labels of another shown region, and more. Masks have no labels.
 */
export const selectContainers = memo(
  (s: AppState) => [selectLayers(s), selectDrawnRegions(s)],
  (layers, regions): readonly string[] => {
    const names = new Set(layers.map(({ name }) => name));
    const shown = regions.filter(({ name }) => names.has(name));
    return shown
      .filter(({ labels }) => {
        const own = new Set(labels);
        if (own.size < 2) return false;
        return shown.some(
          (other) =>
            other.labels.length > 0 &&
            other.labels.length < own.size &&
            other.labels.every((label) => own.has(label)),
        );
      })
      .map(({ name }) => name);
  },
);

/** True if all of them are seen through. */
export function seesInside(s: AppState): boolean {
  const containers = selectContainers(s);
  return (
    containers.length > 0 && containers.every((name) => (s.styles.get(name)?.opacity ?? 1) <= SEE_THROUGH)
  );
}
