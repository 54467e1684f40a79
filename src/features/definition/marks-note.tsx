/** Note above the grid while voxels are hatched that a compared definition puts in other regions. */
import { markDifferences } from "../../state/actions/edit-actions.ts";
import { selectComparedVoxels } from "../../state/regions/hatched-labels.ts";
import { useStore } from "../../state/store.ts";

export function MarksNote() {
  const title = useStore((s) => s.comparedWith?.title ?? null);
  const voxels = useStore((s) => selectComparedVoxels(s)?.voxels ?? 0);
  if (title === null) return null;
  return (
    <p className="note marks-note" role="status">
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
      <button type="button" className="link" onClick={() => markDifferences(null)}>
        Stop marking
      </button>
    </p>
  );
}
