/** Note above the grid while it shows a patch or pooling rather than the whole case as nnU-Net samples it. */
import { formatShape } from "../../base/format-numbers.ts";
import { setPatchSettings, setPooling } from "../../state/actions/survival-actions.ts";
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
            <b>Showing one training patch</b> ({formatShape(patch.size)} voxels at {patch.origin.join(", ")}).
            Tiles and counts cover only what the loss would see there.
            {inPatch ? "" : " This slice is outside the patch."}
          </span>
          <button type="button" className="link" onClick={() => setPatchSettings({ on: false })}>
            Show the whole case
          </button>
        </>
      ) : null}
      {pooling ? (
        <>
          <span>
            <b>Pooling: {POOLING_NAMES[pooling]}</b> (not used by nnU-Net).
          </span>
          <button type="button" className="link" onClick={() => setPooling(null)}>
            Use nnU-Net's sampling
          </button>
        </>
      ) : null}
    </p>
  );
}
