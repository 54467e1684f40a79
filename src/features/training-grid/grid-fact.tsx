/** Button in the probe bar that names the grid that is shown, and opens everything about both. */
import { Popover } from "@base-ui/react/popover";
import { continued } from "../../base/sentence.ts";
import { cancelTrainingGrid } from "../../state/actions/cancel-training-grid.ts";
import { setGrid } from "../../state/actions/training-grid-actions.ts";
import { useStore } from "../../state/store.ts";
import { useGridDetails } from "./choose-grid.ts";
import { refusalOf, selectGrids } from "./grids.ts";
import {
  croppedText,
  exactSpacingText,
  type Grids,
  gapsText,
  lineText,
  percentText,
  resamplingText,
  shownGridText,
  storedText,
  trainedText,
  uncroppedText,
} from "./text.ts";
import "./training-grid.css";

export function GridFact() {
  const grids = useStore(selectGrids);
  const open = useGridDetails((s) => s.open);
  if (!grids) return null;
  const text = shownGridText(grids);
  const [, size] = text.split(": ");
  const { query, made } = grids;
  const other =
    query.kind === "query" && made?.kind === "training-grid"
      ? [storedText(grids), trainedText(query, made)].find((one) => one !== size)
      : undefined;
  return (
    <Popover.Root open={open} onOpenChange={(next) => useGridDetails.setState({ open: next })}>
      <Popover.Trigger
        className="link grid-fact"
        data-trained={grids.shown === "trained" || undefined}
        aria-label={text}
        title={lineText(grids)}
      >
        <span className="grid-fact-word">{grids.shown === "trained" ? "Training" : "Stored"}</span>
        <span className="grid-fact-noun"> grid</span>
        {size ? (
          <span className="grid-fact-size" data-other={other}>
            {size}
          </span>
        ) : null}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="popup-positioner" sideOffset={6} align="start">
          <Popover.Popup className="popup facts grid-details">
            <Popover.Title className="facts-title">Stored grid and training grid</Popover.Title>
            <Details grids={grids} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Details({ grids }: { readonly grids: Grids }) {
  const { query, made } = grids;
  const refusal = refusalOf(grids);
  return (
    <>
      <p>
        The stored grid has the voxels of the label file. nnU-Net crops them to the nonzero part of the image
        and resamples them to the plans' spacing; it trains on the result, the training grid.
      </p>
      <dl>
        <dt>Stored grid</dt>
        <dd>{storedText(grids)}</dd>
        {refusal === null ? null : (
          <>
            <dt>No training grid</dt>
            <dd>{refusal}</dd>
          </>
        )}
        {query.kind === "query" && made?.kind === "training-grid" ? (
          <>
            <dt>Training grid</dt>
            <dd>
              {trainedText(query, made)}, {made.type}
            </dd>
            <ExactSpacing text={exactSpacingText(query, made)} />
            <dt>Cropped to</dt>
            <dd>
              {made.uncropped
                ? `Not cropped: ${continued(uncroppedText(query, made) ?? "")}`
                : (croppedText(query, made) ?? "the whole case: no border is zero in every channel")}
            </dd>
            <dt>Resampling</dt>
            <dd>{resamplingText(made, query.isAssumed)}</dd>
            {gapsText(made) === null ? null : (
              <>
                <dt>Gaps</dt>
                <dd>{gapsText(made)}</dd>
              </>
            )}
          </>
        ) : null}
      </dl>
      {refusal === null ? <Actions grids={grids} /> : null}
    </>
  );
}

function ExactSpacing({ text }: { readonly text: string | null }) {
  if (text === null) return null;
  return (
    <>
      <dt>Spacing</dt>
      <dd>{text}</dd>
    </>
  );
}

/** One button, which keeps the focus whatever it does next. */
function Actions({ grids: { made, progress, isCancelled } }: { readonly grids: Grids }) {
  const chosen = useStore((s) => s.grid);
  const making = made === null ? progress : null;
  const other = chosen === "trained" ? "stored" : "trained";
  return (
    <p className="grid-actions">
      <span>
        {making !== null
          ? `Making the training grid: ${percentText(making)}`
          : made === null && isCancelled
            ? "Making the training grid was cancelled."
            : null}
      </span>
      <button
        type="button"
        className="button slim"
        onClick={making === null ? () => setGrid(other) : cancelTrainingGrid}
      >
        {making !== null
          ? "Cancel"
          : made === null && isCancelled
            ? "Make the training grid"
            : `Show the ${other === "trained" ? "training" : "stored"} grid`}
      </button>
    </p>
  );
}
