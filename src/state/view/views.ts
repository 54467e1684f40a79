/** Lists the views and their names. */
import type { ViewName } from "../../domain/view/view-values.ts";

/** The views, in the order of the view switch. Their keys are commands of `../../ui/keys.ts`. */
export const VIEWS: readonly { readonly value: ViewName; readonly name: string }[] = [
  { value: "grid", name: "Grid" },
  { value: "planes", name: "Planes" },
  { value: "lightbox", name: "Lightbox" },
  { value: "compare", name: "Compare" },
  { value: "round-trip", name: "Round trip" },
  { value: "relations", name: "Relations" },
  { value: "survival", name: "Survival" },
];
