/** Controls and text of the shares of patches in which each component is gone. */
import { X } from "lucide-react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { formatShape } from "../../base/format-numbers.ts";
import { componentSharesForgotten } from "../../state/actions/survival-actions.ts";
import {
  areSharesOfShown,
  selectComponentShares,
  selectPatchShares,
  selectPatchSharesQuery,
  sharesRefusal,
} from "../../state/case/patch-shares-selectors.ts";
import { useStore } from "../../state/store.ts";
import { IconButton } from "../../ui/controls/icon-button.tsx";
import { patchSamplesText } from "./text.ts";

export function ComponentSharesControls() {
  const commands = useCommands();
  const run = useStore((s) => s.componentSharesRun);
  // Where shares of regions are refused, those of components would take longer still.
  const can = useStore((s) => selectPatchShares(s) !== null && areSharesOfShown(s));
  return (
    <>
      {run ? (
        <button
          type="button"
          className="button slim shares-button"
          aria-label="Cancel shares of components"
          onClick={() => commands.cancelComponentShares()}
        >
          Cancel
        </button>
      ) : (
        <button
          type="button"
          className="button slim shares-button"
          aria-label="Compute shares of components"
          disabled={!can}
          onClick={() => commands.runComponentShares()}
        >
          Compute
        </button>
      )}
      <Status />
    </>
  );
}

/** Says what is being computed, was computed or would be. */
function Status() {
  const run = useStore((s) => s.componentSharesRun);
  const done = useStore((s) => selectComponentShares(s) !== null);
  const shares = useStore(selectPatchShares);
  const refusal = useStore(sharesRefusal);
  const size = useStore((s) => selectPatchSharesQuery(s)?.input.patchSize ?? null);
  const isOther = useStore((s) => selectPatchSharesQuery(s) !== null && !areSharesOfShown(s));
  if (run) {
    const percent = Math.round(run.fraction * 100);
    return (
      <span className="survival-progress">
        <progress aria-label="Shares of components" max={100} value={percent} />
        <span role="status">
          {percent} % · {run.step}
        </span>
      </span>
    );
  }
  if (done && shares && size) {
    return (
      <p className="survival-sentence" role="status" data-done>
        <span>
          Over all patches of {formatShape(size)} voxels that nnU-Net can draw: {patchSamplesText(shares)}.
        </span>
        <IconButton icon={X} label="Clear results" onClick={componentSharesForgotten} />
      </p>
    );
  }
  return (
    <p className="survival-sentence">
      {refusal ??
        (isOther
          ? "nnU-Net draws patches from the training grid: show that to compute how often its components are gone."
          : size
            ? `How often each component is gone, over all patches of ${formatShape(size)} voxels that nnU-Net can draw.`
            : "Needs plans with a patch size and a batch size.")}
    </p>
  );
}
