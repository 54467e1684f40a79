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
export const regionBar = later(
  async () => (await import("./regions/region-bar.tsx")).RegionBar,
  <div className="region-bar" />,
);
export const shortcutList = later(async () => (await import("./shortcut-list.tsx")).ShortcutList);
export const gridStrip = later(
  async () => (await import("./grid/grid-strip.tsx")).GridStrip,
  <div className="slice-strip" data-orientation="vertical" />,
);

export function fetchLaterViews(): void {
  for (const part of [
    regionBar,
    gridStrip,
    timingPanel,
    regionCard,
    planesView,
    roundTripView,
    relationsView,
    survivalView,
    shortcutList,
  ])
    part.fetch();
}
