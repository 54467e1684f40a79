/** The grid's legend: what to colour by (the same setting as in Planes) and what the colours mean. */
import { selectLegendLabels } from "../../state/regions/label-colors.ts";
import { useStore } from "../../state/store.ts";
import { ColorsControls } from "./colors-controls.tsx";
import { LegendLabels } from "./legend-labels.tsx";

export function LegendPopup() {
  const labels = useStore(selectLegendLabels);
  return (
    <>
      <ColorsControls />
      <div className="layers-lists">
        <p className="legend-note">
          {labels
            ? "Fill: the label that each voxel has at its scale. Outline: the region, in the colour beside its row."
            : "Fill and outline: the region, in the colour beside its row."}
        </p>
        {labels ? <LegendLabels labels={labels} /> : null}
      </div>
    </>
  );
}
