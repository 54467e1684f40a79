/** Note above the grid while it shows a patch or pooling rather than the whole case as nnU-Net samples it. */
import { formatShape } from "../../base/format-numbers.ts";
import { setPatchWish, setPooling } from "../../state/actions/survival-actions.ts";
import { selectPatch } from "../../state/case/shown-patch.ts";
import { selectSliceInPatch } from "../../state/case/shown-targets.ts";
import { useStore } from "../../state/store.ts";
import { POOLING_NAMES } from "../../state/view/view-names.ts";

/** Includes buttons that return to the default. */
export function TargetsNote() {
  const patch = useStore(selectPatch);
  const inPatch = useStore(selectSliceInPatch);
  const pooling = useStore((s) => s.pooling);
  if (!patch && !pooling) return null;
  return (
    <p className="note targets-note" role="note">
      {patch ? (
        <>
          <span>
            <b>One training patch</b> of {formatShape(patch.size)} voxels at {patch.origin.join(", ")}: tiles
            and counts are what the loss would see there{inPatch ? "." : "; this slice lies beside it."}
          </span>
          <button type="button" className="link" onClick={() => setPatchWish({ on: false })}>
            Show the whole case
          </button>
        </>
      ) : null}
      {pooling ? (
        <>
          <span>
            <b>{POOLING_NAMES[pooling]} pooling:</b> not what nnU-Net does.
          </span>
          <button type="button" className="link" onClick={() => setPooling(null)}>
            Back to nnU-Net's sampling
          </button>
        </>
      ) : null}
    </p>
  );
}
