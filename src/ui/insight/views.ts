import type { CentreView } from "../../state/view-slice.ts";

/** What the middle of the page can show, in the order of the switch. */
export const VIEWS: readonly { readonly value: CentreView; readonly name: string; readonly key: string }[] = [
  { value: "grid", name: "Grid", key: "g" },
  { value: "planes", name: "Planes", key: "4" },
  { value: "lightbox", name: "Lightbox", key: "5" },
  { value: "compare", name: "Compare", key: "6" },
  { value: "round-trip", name: "Round trip", key: "t" },
  { value: "relations", name: "Relations", key: "r" },
  { value: "survival", name: "Survival", key: "v" },
];
