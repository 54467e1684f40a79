/** Toolbar of the relations: unit, order of regions and cell size. */
import { Maximize2, ZoomIn } from "lucide-react";
import { IconButton } from "../../ui/controls/icon-button.tsx";
import { Segmented } from "../../ui/controls/segmented.tsx";
import { RegionsToolbar } from "../view-controls/view-toolbar.tsx";
import { CELL_PX } from "./matrix-layout.ts";
import type { RelationUnit } from "./relations-selectors.ts";
import { useRelations } from "./relations-state.ts";

interface Props {
  readonly unit: RelationUnit;
  readonly masks: boolean;
  readonly hasCase: boolean;
}

const ORDERS = [
  { value: "channels", name: "Channel order", face: "Channel order" },
  { value: "grouped", name: "Grouped by containment", face: "By containment" },
] as const;

/** Where the slider stands while the matrix is fitted. */
const USUAL_PX = { named: 16, whole: 8 } as const;

export function RelationsToolbar({ unit, masks, hasCase }: Props) {
  const grouped = useRelations((s) => s.grouped);
  const cellSize = useRelations((s) => s.cellSize);
  const sliderPx = typeof cellSize === "number" ? cellSize : USUAL_PX[cellSize];
  return (
    <RegionsToolbar label="Relations view">
      <Segmented
        label="Compared by"
        options={[
          { value: "voxels", name: "By voxels of the case", face: "Voxels", disabled: !hasCase },
          { value: "labels", name: "By labels of the definition", face: "Labels", disabled: masks },
        ]}
        value={unit}
        onChange={(next) => useRelations.setState({ unit: next })}
      />
      <Segmented
        label="Order of regions"
        options={ORDERS}
        value={grouped ? "grouped" : "channels"}
        onChange={(next) => useRelations.setState({ grouped: next === "grouped" })}
      />
      <label className="slider" title="Cell size">
        <ZoomIn size={14} aria-hidden />
        <input
          type="range"
          min={CELL_PX.least}
          max={CELL_PX.most}
          aria-label="Cell size"
          aria-valuetext={`${sliderPx} pixels`}
          value={sliderPx}
          onChange={(event) => useRelations.setState({ cellSize: Number(event.target.value) })}
        />
      </label>
      <IconButton
        icon={Maximize2}
        label="Fit matrix to view"
        pressed={cellSize === "whole"}
        onClick={() => useRelations.setState({ cellSize: cellSize === "whole" ? "named" : "whole" })}
      />
      <span className="stretch" />
    </RegionsToolbar>
  );
}
