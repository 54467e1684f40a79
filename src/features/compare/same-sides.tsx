/** Note that explains why nothing can differ if both sides read the same voxels whatever the labels are. */
import { useStore } from "../../state/store.ts";
import { scaleName } from "../../state/view/view-names.ts";
import { selectCompareQuery } from "./compare-selectors.ts";

export function SameSides() {
  const query = useStore(selectCompareQuery);
  if (!query) return null;
  const { kind, a, b } = query;
  if ((kind === "mode" || kind === "scale") && a.targets.scales.length === 1)
    return (
      <p className="note">
        Scale 0 is the only one, where both sides are identical. Compare with another dataset.json or label
        file.
      </p>
    );
  if (kind === "mode" && a.scale === 0)
    return (
      <p className="note">
        At scale 0 both downsampling modes keep every voxel. Choose a coarser scale above to see differences.
      </p>
    );
  if (kind === "scale" && a.scale === b.scale)
    return (
      <p className="note">{`Both sides show ${scaleName(a.scale)}. Choose another scale for one of them.`}</p>
    );
  return null;
}
