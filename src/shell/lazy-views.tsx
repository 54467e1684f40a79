/** Parts that the first picture of a case does not need: their scripts are fetched once the page stands. */
import { fetchedOnce } from "../app/as-work.ts";
import { FindingsRoom } from "../features/findings/findings-room.tsx";
import { useStore } from "../state/store.ts";
import { later } from "../ui/controls/lazy-part.tsx";

export const findingsPanel = later(
  async () => (await import("../features/findings/findings-panel.tsx")).FindingsPanel,
  <FindingsRoom />,
);
export const timingPanel = later(
  async () => (await import("../features/benchmark/benchmark-panel.tsx")).TimingPanel,
  <section className="panel" aria-label="Timing" aria-busy="true" />,
);
export const roundTripView = later(
  async () => (await import("../features/label-mapping/label-mapping-view.tsx")).RoundTripView,
);
export const relationsView = later(
  async () => (await import("../features/relations/relations-view.tsx")).RelationsView,
);
export const survivalView = later(
  async () => (await import("../features/survival/survival-view.tsx")).SurvivalView,
);
export const planesView = later(
  async () => (await import("../features/slices/multiplanar-view.tsx")).PlanesView,
);
export const windowPopup = later(
  async () => (await import("../features/view-controls/window-popup.tsx")).WindowPopup,
);
export const readerPopup = later(
  async () => (await import("../features/probe/reader-popup.tsx")).ReaderPopup,
);
export const legendPopup = later(
  async () => (await import("../features/view-controls/legend-popup.tsx")).LegendPopup,
);
export const lightboxView = later(
  async () => (await import("../features/lightbox/lightbox-view.tsx")).LightboxView,
);
export const compareView = later(
  async () => (await import("../features/compare/compare-view.tsx")).CompareView,
);
export const definitionFacts = later(
  async () => (await import("../features/definition/definition-facts-list.tsx")).DefinitionFactsList,
);
export const stridesEditor = later(
  async () => (await import("../features/view-controls/strides-editor.tsx")).StridesEditor,
);
export const gpuPanel = later(async () => (await import("../features/open/gpu-panel.tsx")).GpuPanel);
export const regionCard = later(
  async () => (await import("../features/definition/region-card.tsx")).RegionCard,
  <section className="region-card" data-open />,
);
export const regionBar = later(
  async () => (await import("../features/regions/region-bar.tsx")).RegionBar,
  <div className="region-bar" />,
);
export const shortcutList = later(async () => (await import("./shortcut-list.tsx")).ShortcutList);
export const gridStrip = later(
  async () => (await import("../features/view-controls/grid-slice-track.tsx")).GridStrip,
  <div className="slice-strip" data-orientation="vertical" />,
);

export const rulerControls = later(
  async () => (await import("../features/ruler/ruler-controls.tsx")).RulerControls,
  <span className="icon-button" />,
);
export const rulersMenu = later(async () => (await import("../features/ruler/rulers-menu.tsx")).RulersMenu);
export const gridRulers = later(async () => (await import("../features/ruler/grid-rulers.tsx")).GridRulers);

export const targetsControls = later(
  async () => (await import("../features/view-controls/targets-controls.tsx")).TargetsControls,
);
export const compareDialog = later(
  async () => (await import("../features/definition/compare-dialog.tsx")).CompareDialog,
);
export const labelMapDialog = later(
  async () => (await import("../features/make-label-map/label-map-dialog.tsx")).LabelMapDialog,
);
export const shareMenu = later(async () => (await import("../features/share/share-menu.tsx")).ShareMenu);
export const historyButtons = later(
  async () => (await import("../features/share/history-buttons.tsx")).HistoryButtons,
);
export const spoken = later(async () => (await import("../features/announcements/announcer.tsx")).Spoken);

/** Back (-1) and forward (1) through what was looked at. */
export function travelViews(by: -1 | 1): void {
  viewTravel()
    .then(({ travel }) => travel(useStore, by))
    .catch(() => undefined);
}

const viewTravel = fetchedOnce(() => import("../state/view/navigate-history.ts"));

export function fetchLaterViews(): void {
  viewTravel()
    .then(({ followViews }) => followViews(useStore))
    .catch(() => undefined);
  for (const part of [
    findingsPanel,
    regionBar,
    gridStrip,
    windowPopup,
    legendPopup,
    readerPopup,
    shareMenu,
    historyButtons,
    shortcutList,
    rulerControls,
    rulersMenu,
    gridRulers,
    timingPanel,
    regionCard,
    definitionFacts,
    stridesEditor,
    planesView,
    lightboxView,
    compareView,
    roundTripView,
    relationsView,
    survivalView,
    targetsControls,
  ])
    part.fetch();
  compareDialog.fetch();
}
