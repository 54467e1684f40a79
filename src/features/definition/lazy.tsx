/** Parts of the definition editor whose scripts are fetched when first shown. */
import { lazyView } from "../../ui/controls/lazy-part.tsx";

export const definitionFacts = lazyView(
  async () => (await import("./definition-facts-list.tsx")).DefinitionFactsList,
);
export const regionCard = lazyView(
  async () => (await import("./region-card.tsx")).RegionCard,
  <section className="region-card" data-open />,
);
export const diffDialog = lazyView(async () => (await import("./diff-dialog.tsx")).DiffDialog);
