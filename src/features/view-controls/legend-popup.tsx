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
      <div className="legend-lists">
        <p className="legend-note">
          {labels
            ? "The fill shows each voxel's label at its scale. The outline uses the region's colour, shown beside its row."
            : "Fill and outline use the region's colour, shown beside its row."}
        </p>
        {labels ? <LegendLabels labels={labels} /> : null}
      </div>
    </>
  );
}
