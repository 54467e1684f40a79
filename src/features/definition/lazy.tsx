/** Parts of the definition editor whose scripts are fetched when first shown. */
import { later } from "../../ui/controls/lazy-part.tsx";

export const definitionFacts = later(
  async () => (await import("./definition-facts-list.tsx")).DefinitionFactsList,
);
export const regionCard = later(
  async () => (await import("./region-card.tsx")).RegionCard,
  <section className="region-card" data-open />,
);
export const compareDialog = later(async () => (await import("./compare-dialog.tsx")).CompareDialog);
