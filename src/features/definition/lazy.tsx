/** Parts of the definition whose scripts are fetched later. */
import { later } from "../../ui/controls/lazy-part.tsx";

export const definitionFacts = later(
  async () => (await import("./definition-facts-list.tsx")).DefinitionFactsList,
);
export const regionCard = later(
  async () => (await import("./region-card.tsx")).RegionCard,
  <section className="region-card" data-open />,
);
export const compareDialog = later(async () => (await import("./compare-dialog.tsx")).CompareDialog);
