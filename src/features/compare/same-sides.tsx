/** Note that explains why nothing can differ if both sides read the same voxels whatever the labels are. */
import { useStore } from "../../state/store.ts";
import { scaleName } from "../../state/view/view-names.ts";
import { selectCompareQuestion } from "./compare-selectors.ts";

export function SameSides() {
  const question = useStore(selectCompareQuestion);
  if (!question) return null;
  const { kind, a, b } = question;
  if ((kind === "mode" || kind === "scale") && a.targets.scales.length === 1)
    return (
      <p className="note">
        Full size is the only scale, and both sides are the same there: compare with another definition or
        label file.
      </p>
    );
  if (kind === "mode" && a.scale === 0)
    return (
      <p className="note">
        At full size both samplings read every voxel: choose a coarser scale above to see where they differ.
      </p>
    );
  if (kind === "scale" && a.scale === b.scale)
    return (
      <p className="note">{`Both sides are ${scaleName(a.scale)}: choose another scale for one of them.`}</p>
    );
  return null;
}
