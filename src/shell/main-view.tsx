/** The centre of the page, which shows one of the views. */
import type { CentreView } from "../domain/view/view-values.ts";
import { MarksNote } from "../features/definition/marks-note.tsx";
import { GridToolbar } from "../features/grid/grid-toolbar.tsx";
import { RegionGrid } from "../features/grid/region-grid.tsx";
import { gpuPanel } from "../features/open/lazy-gpu-panel.ts";
import { StepLine } from "../features/survival/step-line.tsx";
import { gridStrip } from "../features/view-controls/lazy.tsx";
import { TargetsNote } from "../features/view-controls/targets-note.tsx";
import { selectRegionSet } from "../state/case/case-selectors.ts";
import { useStore } from "../state/store.ts";
import {
  compareView,
  lightboxView,
  planesView,
  relationsView,
  roundTripView,
  survivalView,
} from "./lazy-views.tsx";

export function Centre() {
  const centre = useStore((s) => s.centre);
  return (
    <main className="centre" tabIndex={-1}>
      {centre === "round-trip" ? (
        <roundTripView.View />
      ) : centre === "relations" ? (
        <relationsView.View />
      ) : centre === "survival" ? (
        <survivalView.View />
      ) : (
        <PicturesView layout={centre} />
      )}
      <StepLine />
    </main>
  );
}

/** One of the layouts that draw on the GPU, or why it cannot be shown. */
function PicturesView({ layout }: { readonly layout: CentreView }) {
  const gpu = useStore((s) => s.gpu);
  const hasCase = useStore((s) => s.openCase !== null);
  return (
    <>
      {/* The other layouts bring their own toolbars; without a GPU, this one is needed to toggle the side
          panels. */}
      {hasCase && (layout === "grid" || gpu.status === "unavailable") ? <GridToolbar /> : null}
      <SetNote />
      {hasCase ? <TargetsNote /> : null}
      <MarksNote />
      {hasCase ? (
        gpu.status === "unavailable" ? (
          <gpuPanel.View reason={gpu.reason} sentence={gpu.sentence} />
        ) : (
          <Pictures layout={layout} />
        )
      ) : (
        <p className="grid-nothing">
          Only JSON is open: the regions and what was found in them are on the left, how labels come back and
          how regions relate in the other views. Open a label volume to see its masks.
        </p>
      )}
      {gpu.status === "recovering" && hasCase ? (
        <p className="recovering" role="status">
          The GPU device was lost; asking for another. The view stays.
        </p>
      ) : null}
    </>
  );
}

function Pictures({ layout }: { readonly layout: CentreView }) {
  if (layout === "planes") return <planesView.View />;
  if (layout === "lightbox") return <lightboxView.View />;
  if (layout === "compare") return <compareView.View />;
  return (
    <div className="grid-and-strip">
      <RegionGrid />
      <gridStrip.View />
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
      <p className="note">
        Masks opened as separate channels: overlaps are kept, and there are no labels behind them.
      </p>
    );
  }
  if (set.trainsOn === "regions") return null;
  if (!definition) {
    return <p className="note">No dataset.json is open: each label is shown as a region of its own.</p>;
  }
  return (
    <p className="note">
      This dataset is not in region mode: no entry of <code>labels</code> is a list of several, so nnU-Net
      trains with softmax on labels
      {definition.regionsClassOrder ? " and does not use regions_class_order" : ""}. Each label is shown as
      its own channel.
    </p>
  );
}
