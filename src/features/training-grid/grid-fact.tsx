/** Button in the probe bar that names the grid that is shown, and opens everything about both. */
import { Popover } from "@base-ui/react/popover";
import { cancelTrainingGrid } from "../../state/actions/cancel-training-grid.ts";
import { setGrid } from "../../state/actions/training-grid-actions.ts";
import { useStore } from "../../state/store.ts";
import { useGridDetails } from "./choose-grid.ts";
import { refusalOf, selectGrids } from "./grids.ts";
import {
  croppedText,
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
  return (
    <Popover.Root open={open} onOpenChange={(next) => useGridDetails.setState({ open: next })}>
      <Popover.Trigger
        className="link grid-fact"
        data-trained={grids.shown === "trained" || undefined}
        aria-label={text}
        title={lineText(grids)}
      >
        {grids.shown === "trained" ? "Training" : "Stored"}
        <span className="grid-fact-noun"> grid</span>
        {size ? <span className="grid-fact-size"> {size}</span> : null}
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
  const chosen = useStore((s) => s.grid);
  const refusal = refusalOf(grids);
  return (
    <>
      <p>
        The stored grid has the voxels of the label file. nnU-Net crops them to the nonzero part of the image
        and resamples them to the plans' spacing; it trains on the result, the training grid.
      </p>
      <dl>
        {query.kind === "query" ? (
          <>
            <dt>Stored grid</dt>
            <dd>{storedText(query)}</dd>
          </>
        ) : null}
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
            <dt>Cropped to</dt>
            <dd>
              {made.uncropped
                ? `Not cropped: ${uncroppedText(query, made)}`
                : (croppedText(query, made) ?? "the whole case: no border is zero in every channel")}
            </dd>
            <dt>Resampling</dt>
            <dd>{resamplingText(made)}</dd>
            {gapsText(made) === null ? null : (
              <>
                <dt>Gaps</dt>
                <dd>{gapsText(made)}</dd>
              </>
            )}
          </>
        ) : null}
      </dl>
      {refusal !== null ? null : made === null && grids.progress !== null ? (
        <p className="grid-actions">
          <span>Making the training grid: {percentText(grids.progress)}</span>
          <button type="button" className="button slim" onClick={cancelTrainingGrid}>
            Cancel
          </button>
        </p>
      ) : (
        <p className="grid-actions">
          <button
            type="button"
            className="button slim"
            onClick={() => setGrid(chosen === "trained" ? "stored" : "trained")}
          >
            {chosen === "trained" ? "Show the stored grid" : "Show the training grid"}
          </button>
        </p>
      )}
    </>
  );
}
