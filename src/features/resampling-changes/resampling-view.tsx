/** The Resampling part of the Survival view: what the training grid has of each region on the stored grid. */
import { useCommands } from "../../app/commands/commands-context.ts";
import { plural } from "../../base/format-numbers.ts";
import { continued } from "../../base/sentence.ts";
import { cancelTrainingGrid } from "../../state/actions/cancel-training-grid.ts";
import { setGrid } from "../../state/actions/training-grid-actions.ts";
import {
  selectResampledCase,
  selectResamplingChanges,
} from "../../state/case/resampling-changes-selectors.ts";
import {
  isTrainingGridCancelled,
  selectTrainingGrid,
  selectTrainingGridQuery,
} from "../../state/case/training-grid-selectors.ts";
import { whyNoRegions } from "../../state/case/why-no-regions.ts";
import { selectLabelNames } from "../../state/regions/label-names.ts";
import type { PlaceFilter } from "../../state/slices/changed-places-slice.ts";
import { useStore } from "../../state/store.ts";
import { selectChangeTotals } from "./changes-rows.ts";
import { ChangesTable } from "./changes-table.tsx";
import { ChangesToolbar } from "./changes-toolbar.tsx";
import { labelsGoneText, totalsText } from "./text.ts";
import "./resampling-changes.css";

export function ResamplingView() {
  const why = useStore(whyNothing);
  const isKnown = useStore((s) => selectResamplingChanges(s) !== null);
  return (
    <>
      <ChangesToolbar />
      {why !== null ? (
        <p className="grid-nothing">{why}</p>
      ) : (
        <section className="survival" aria-label="What resampling changed" aria-busy={!isKnown}>
          {isKnown ? (
            <>
              <Totals />
              <ChangesTable />
            </>
          ) : (
            <Waiting />
          )}
        </section>
      )}
    </>
  );
}

/** A sentence on why there is nothing to compare; null if there is, or will be. */
function whyNothing(s: Parameters<typeof selectTrainingGrid>[0]): string | null {
  if (!s.openCase) return "Open a label file to see what resampling changes.";
  const grid = selectTrainingGrid(s);
  if (grid?.kind === "refused") return `There is no training grid to compare with. ${grid.reason}`;
  return whyNoRegions(s);
}

function Waiting() {
  const making = useStore((s) => s.trainingGridProgress);
  const isMade = useStore((s) => selectTrainingGrid(s) !== null);
  const comparing = useStore((s) => s.resamplingChangesProgress);
  const isCancelled = useStore(isTrainingGridCancelled);
  const percent = (fraction: number | null) => (fraction === null ? "" : ` ${Math.floor(100 * fraction)} %`);
  return (
    <div className="survival-summary">
      <p role="status">
        {isMade
          ? `Comparing both grids…${percent(comparing)}`
          : isCancelled
            ? "The training grid is not made, because that was cancelled."
            : `Making the training grid…${percent(making)}`}
      </p>
      {isMade ? null : isCancelled ? (
        <button type="button" className="link" onClick={() => setGrid("trained")}>
          Make the training grid
        </button>
      ) : making === null ? null : (
        <button type="button" className="link" onClick={cancelTrainingGrid}>
          Cancel
        </button>
      )}
    </div>
  );
}

/** What the changes add up to, how they are counted, and buttons that go to them. */
function Totals() {
  const totals = useStore(selectChangeTotals);
  const labelsGone = useStore((s) => selectResamplingChanges(s)?.labelsGone ?? NO_LABELS);
  const names = useStore(selectLabelNames);
  const gapVoxels = useStore((s) => selectResampledCase(s)?.trained.gapVoxels ?? 0);
  const inRegions = useStore((s) => selectResamplingChanges(s)?.gapsInRegions ?? 0);
  const uncropped = useStore(whyUncropped);
  if (!totals) return null;
  const goneText = labelsGoneText(labelsGone, names);
  return (
    <div className="changes-summary">
      {goneText ? <p className="changes-labels">{goneText}</p> : null}
      <p role="status">{totalsText(totals, { voxels: gapVoxels, inRegions })}</p>
      {totals.isUnchanged ? null : <Ways gapVoxels={gapVoxels} />}
      <p className="changes-note">
        Each training voxel is compared with the stored voxel nearest to it: <b>gained</b> is in the region
        now and was not, <b>lost</b> was and is not, <b>Dice</b> counts both. A region's <b>gaps</b> are those
        of its lost voxels where no label reached one half. {uncropped}
      </p>
    </div>
  );
}

const NO_LABELS: readonly number[] = [];

function whyUncropped(s: Parameters<typeof selectTrainingGrid>[0]): string | null {
  const [grid, query] = [selectTrainingGrid(s), selectTrainingGridQuery(s)];
  if (grid?.kind !== "training-grid" || query?.kind !== "query" || grid.uncropped === null) return null;
  return `Not cropped: ${continued(query.maskUnknown ?? "The image is zero everywhere.")}`;
}

function Ways({ gapVoxels }: { readonly gapVoxels: number }) {
  return (
    <p className="changes-ways">
      <span>Go to</span>
      <Way kind="gone" text="components gone" />
      {gapVoxels > 0 ? <Way kind="gap" text={`gaps (${plural(gapVoxels, "voxel")})`} /> : null}
      <Way kind="lost" text="largest losses" />
    </p>
  );
}

interface WayProps {
  readonly kind: PlaceFilter["kind"];
  readonly text: string;
}

function Way({ kind, text }: WayProps) {
  const commands = useCommands();
  return (
    <button
      type="button"
      className="button slim"
      onClick={() => commands.stepPlace(1, { kind, region: null })}
    >
      {text}
    </button>
  );
}
