/** Parts that the first image of a case does not need; their scripts load once the page is displayed. */
import { fetchedOnce } from "../app/busy.ts";
import { prefetchEditor } from "../features/definition/editing.ts";
import { definitionFacts, diffDialog, regionCard } from "../features/definition/lazy.tsx";
import { FindingsPlaceholder } from "../features/findings/findings-placeholder.tsx";
import { rowPlace } from "../features/grid/lazy.tsx";
import { bitStrip, heldRest, readerPopup } from "../features/probe/lazy.ts";
import { dotsLegend, regionBar, rowGrip } from "../features/regions/lazy.tsx";
import { gridMarks, placeLine, resamplingView, sliceMarks } from "../features/resampling-changes/lazy.tsx";
import { gridRulers, rulerControls, rulersMenu } from "../features/ruler/lazy.tsx";
import { stepLine, vanishingOverlay, vanishStatus } from "../features/survival/lazy.tsx";
import { gridFact, gridSwitch } from "../features/training-grid/lazy.tsx";
import { copyPosition, positionField, sliceField, voxelField } from "../features/typed-values/lazy.tsx";
import {
  gridTrack,
  legendPopup,
  stridesEditor,
  targetsControls,
  windowPopup,
} from "../features/view-controls/lazy.tsx";
import { useStore } from "../state/store.ts";
import { lazyView } from "../ui/controls/lazy-part.tsx";

export const findingsPanel = lazyView(
  async () => (await import("../features/findings/findings-panel.tsx")).FindingsPanel,
  <FindingsPlaceholder />,
);
export const timingPanel = lazyView(
  async () => (await import("../features/benchmark/benchmark-panel.tsx")).TimingPanel,
  <section className="panel" aria-label="Timing" aria-busy="true" />,
);
export const roundTripView = lazyView(
  async () => (await import("../features/label-mapping/label-mapping-view.tsx")).RoundTripView,
);
export const relationsView = lazyView(
  async () => (await import("../features/relations/relations-view.tsx")).RelationsView,
);
export const survivalView = lazyView(
  async () => (await import("../features/survival/survival-view.tsx")).SurvivalView,
);
export const planesView = lazyView(
  async () => (await import("../features/slices/multiplanar-view.tsx")).PlanesView,
);
export const lightboxView = lazyView(
  async () => (await import("../features/lightbox/lightbox-view.tsx")).LightboxView,
);
export const compareView = lazyView(
  async () => (await import("../features/compare/compare-view.tsx")).CompareView,
);
export const caseChooser = lazyView(
  async () => (await import("../features/open/case-chooser.tsx")).CaseChooser,
);
export const labelsOrImage = lazyView(
  async () => (await import("../features/open/labels-or-image-dialog.tsx")).LabelsOrImage,
);
export const unsavedDialog = lazyView(
  async () => (await import("../features/open/unsaved-dialog.tsx")).UnsavedDialog,
);
export const shortcutList = lazyView(async () => (await import("./shortcut-list.tsx")).ShortcutList);

export const shareMenu = lazyView(async () => (await import("../features/share/share-menu.tsx")).ShareMenu);
export const historyButtons = lazyView(
  async () => (await import("../features/share/history-buttons.tsx")).HistoryButtons,
);
export const announcer = lazyView(
  async () => (await import("../features/announcements/announcer.tsx")).Announcer,
);

/** Goes back (-1) or forward (1) in the history of views. */
export function navigateViews(by: -1 | 1): void {
  viewNavigation()
    .then(({ navigate }) => navigate(useStore, by))
    .catch(() => undefined);
}

const viewNavigation = fetchedOnce(() => import("../state/actions/navigate-history.ts"));

export function prefetchLazyViews(): void {
  prefetchEditor();
  viewNavigation()
    .then(({ trackViews }) => trackViews(useStore))
    .catch(() => undefined);
  for (const part of [
    findingsPanel,
    regionBar,
    rowGrip,
    dotsLegend,
    rowPlace,
    gridTrack,
    windowPopup,
    voxelField,
    positionField,
    copyPosition,
    sliceField,
    legendPopup,
    readerPopup,
    bitStrip,
    gridSwitch,
    gridFact,
    shareMenu,
    historyButtons,
    shortcutList,
    caseChooser,
    labelsOrImage,
    unsavedDialog,
    heldRest,
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
    stepLine,
    vanishingOverlay,
    vanishStatus,
    resamplingView,
    placeLine,
    sliceMarks,
    gridMarks,
    targetsControls,
  ])
    part.fetch();
  diffDialog.fetch();
}
