/** Switch of the Survival view between the two steps that can take voxels away. */
import { setFields } from "../../state/actions/fields-actions.ts";
import { useStore } from "../../state/store.ts";
import { Segmented } from "../../ui/controls/segmented.tsx";

const PARTS = [
  { value: "scales", name: "Scales: what is left at each", face: "Scales" },
  { value: "resampling", name: "What resampling changed", face: "Resampling" },
] as const;

export function SurvivalParts() {
  const part = useStore((s) => s.survivalPart);
  return (
    <Segmented
      label="Step"
      options={PARTS}
      value={part}
      onChange={(survivalPart) => setFields({ survivalPart })}
    />
  );
}
