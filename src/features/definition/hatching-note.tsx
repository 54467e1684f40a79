/** Note above the grid while voxels are hatched that a compared definition puts in other regions. */
import { overlayDiff } from "../../state/actions/edit-actions.ts";
import { selectDiffVoxels } from "../../state/regions/hatched-labels.ts";
import { useStore } from "../../state/store.ts";

export function HatchingNote() {
  const title = useStore((s) => s.otherDefinition?.title ?? null);
  const voxels = useStore((s) => selectDiffVoxels(s)?.voxels ?? 0);
  if (title === null) return null;
  return (
    <p className="note hatching-note" role="status">
      <i className="hatch" aria-hidden="true" />
      <span>
        {voxels > 0 ? (
          <>
            Hatched: voxels that are in other regions in <b>{title}</b>.
          </>
        ) : (
          <>
            Nothing is hatched: every voxel is in the same regions in <b>{title}</b>.
          </>
        )}
      </span>
      <button type="button" className="link" onClick={() => overlayDiff(null)}>
        Stop marking
      </button>
    </p>
  );
}
