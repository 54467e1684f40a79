/** Parts that the first image of a case does not need; their scripts load once the page is displayed. */
import { fetchedOnce } from "../app/busy.ts";
import { compareDialog, definitionFacts, regionCard } from "../features/definition/lazy.tsx";
import { FindingsRoom } from "../features/findings/findings-room.tsx";
import { readerPopup } from "../features/probe/lazy.ts";
import { regionBar } from "../features/regions/lazy.tsx";
import { gridRulers, rulerControls, rulersMenu } from "../features/ruler/lazy.tsx";
import {
  gridStrip,
  legendPopup,
  stridesEditor,
  targetsControls,
  windowPopup,
} from "../features/view-controls/lazy.tsx";
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
export const lightboxView = later(
  async () => (await import("../features/lightbox/lightbox-view.tsx")).LightboxView,
);
export const compareView = later(
  async () => (await import("../features/compare/compare-view.tsx")).CompareView,
);
export const shortcutList = later(async () => (await import("./shortcut-list.tsx")).ShortcutList);

export const shareMenu = later(async () => (await import("../features/share/share-menu.tsx")).ShareMenu);
export const historyButtons = later(
  async () => (await import("../features/share/history-buttons.tsx")).HistoryButtons,
);
export const spoken = later(async () => (await import("../features/announcements/announcer.tsx")).Spoken);

/** Goes back (-1) or forward (1) in the history of views. */
export function travelViews(by: -1 | 1): void {
  viewTravel()
    .then(({ travel }) => travel(useStore, by))
    .catch(() => undefined);
}

const viewTravel = fetchedOnce(() => import("../state/actions/navigate-history.ts"));

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
