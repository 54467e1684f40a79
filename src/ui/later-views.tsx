/** Parts that the first picture of a case does not need: their scripts are fetched once the page stands. */
import { later } from "./controls/later.tsx";

export const timingPanel = later(
  async () => (await import("./timing/timing-panel.tsx")).TimingPanel,
  <section className="panel" aria-label="Timing" aria-busy="true" />,
);
export const roundTripView = later(
  async () => (await import("./insight/round-trip/round-trip-view.tsx")).RoundTripView,
);
export const relationsView = later(
  async () => (await import("./insight/relations/relations-view.tsx")).RelationsView,
);
export const survivalView = later(async () => (await import("./survival/survival-view.tsx")).SurvivalView);
export const planesView = later(async () => (await import("./planes/planes-view.tsx")).PlanesView);
export const regionCard = later(async () => (await import("./editor/region-card.tsx")).RegionCard);
export const shareMenu = later(async () => (await import("./share/share-menu.tsx")).ShareMenu);

export function fetchLaterViews(): void {
  for (const part of [
    timingPanel,
    shareMenu,
    regionCard,
    planesView,
    roundTripView,
    relationsView,
    survivalView,
  ])
    part.fetch();
}
