/** The centre of the page, which shows one of the views. */
import type { ViewName } from "../domain/view/view-values.ts";
import { HatchingNote } from "../features/definition/hatching-note.tsx";
import { GridToolbar } from "../features/grid/grid-toolbar.tsx";
import { RegionGrid } from "../features/grid/region-grid.tsx";
import { gpuPanel } from "../features/open/lazy-gpu-panel.ts";
import { Messages } from "../features/open/messages.tsx";
import { placeLine, resamplingView } from "../features/resampling-changes/lazy.tsx";
import { stepLine } from "../features/survival/lazy.tsx";
import { gridTrack } from "../features/view-controls/lazy.tsx";
import { TargetsNote } from "../features/view-controls/targets-note.tsx";
import { selectRegionSet } from "../state/case/case-selectors.ts";
import { useStore } from "../state/store.ts";
import { KeyNote } from "./key-note.tsx";
import {
  compareView,
  lightboxView,
  planesView,
  relationsView,
  roundTripView,
  survivalView,
} from "./lazy-views.tsx";

export function ActiveView() {
  const activeView = useStore((s) => s.activeView);
  const atComponent = useStore((s) => s.survivalStep !== null);
  const atPlace = useStore((s) => s.placeStep !== null);
  return (
    <main className="main-view" tabIndex={-1}>
      {activeView === "round-trip" ? (
        <roundTripView.View />
      ) : activeView === "relations" ? (
        <relationsView.View />
      ) : activeView === "survival" ? (
        <SurvivalStep />
      ) : (
        <PicturesView layout={activeView} />
      )}
      <div className="below-views">
        <Messages />
        {activeView === "round-trip" || activeView === "relations" || activeView === "survival" ? null : (
          <PictureNotes />
        )}
        {atComponent ? <stepLine.View /> : null}
        {atPlace ? <placeLine.View /> : null}
      </div>
      <KeyNote />
    </main>
  );
}

function SurvivalStep() {
  const part = useStore((s) => s.survivalPart);
  return part === "scales" ? <survivalView.View /> : <resamplingView.View />;
}

/** One of the views that draw on the GPU, or why it cannot be shown. */
function PicturesView({ layout }: { readonly layout: ViewName }) {
  const gpu = useStore((s) => s.gpu);
  const hasCase = useStore((s) => s.openCase !== null);
  return (
    <>
      {/* The other views bring their own toolbars; without a GPU, this one has the settings of the targets,
          which are counted nevertheless. */}
      {hasCase && (layout === "grid" || gpu.status === "unavailable") ? <GridToolbar /> : null}
      {hasCase ? (
        gpu.status === "unavailable" ? (
          <gpuPanel.View reason={gpu.reason} sentence={gpu.sentence} />
        ) : (
          <Pictures layout={layout} />
        )
      ) : (
        <p className="grid-nothing">
          Only dataset.json is open. Regions and findings are on the left; see also Round trip and Relations.
          Open a label file to see voxels.
        </p>
      )}
      {gpu.status === "recovering" && hasCase ? (
        <p className="recovering" role="status">
          The GPU device was lost. Requesting another; the view is kept.
        </p>
      ) : null}
      <SetNote />
    </>
  );
}

/** What is shown instead of the whole case, below pictures: the notes come and go without moving them. */
function PictureNotes() {
  const hasCase = useStore((s) => s.openCase !== null);
  return (
    <>
      {hasCase ? <TargetsNote /> : null}
      <HatchingNote />
    </>
  );
}

function Pictures({ layout }: { readonly layout: ViewName }) {
  if (layout === "planes") return <planesView.View />;
  if (layout === "lightbox") return <lightboxView.View />;
  if (layout === "compare") return <compareView.View />;
  return (
    <div className="grid-and-track">
      <RegionGrid />
      <gridTrack.View />
    </div>
  );
}

/** Says where the channels come from if not from regions in dataset.json. */
function SetNote() {
  const set = useStore(selectRegionSet);
  const definition = useStore((s) => s.definition);
  if (!set) return null;
  if (set.fromMasks) {
    return (
      <p className="note">Masks loaded as separate regions; overlaps are preserved. There is no label map.</p>
    );
  }
  if (set.trainsOn === "regions") return null;
  if (!definition) {
    return (
      <p className="note">No dataset.json is open, so each label but 0 and −1 is shown as its own region.</p>
    );
  }
  return (
    <p className="note">
      This dataset does not use regions: no entry of <code>labels</code> lists several labels, so nnU-Net
      trains on labels with softmax
      {definition.regionsClassOrder ? " and does not use regions_class_order" : ""}. Each label is shown as
      its own channel.
    </p>
  );
}
