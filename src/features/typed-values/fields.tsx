/** Fields for the crosshair's voxel, position and slices, and a button that copies a position. */
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { formatExactMm, formatMm } from "../../base/format-numbers.ts";
import {
  axisLetters,
  type Plane,
  planeAxes,
  type Triple,
  worldFromVoxel,
} from "../../domain/geometry/grid.ts";
import { positionRange, typedPosition, typedSlice, typedVoxel } from "../../domain/view/typed-values.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { showError } from "../../state/actions/case-actions.ts";
import { setVoxel } from "../../state/actions/view-actions.ts";
import { inPlaneAt } from "../../state/regions/slice-selectors.ts";
import { useStore } from "../../state/store.ts";
import { sliceOf } from "../../state/view/initial-view.ts";
import { IconButton } from "../../ui/controls/icon-button.tsx";
import { TypedField } from "./typed-field.tsx";

export function VoxelField() {
  const openCase = useStore((s) => s.openCase);
  const voxel = useStore((s) => s.view.voxel);
  if (!openCase) return null;
  const axes = axisLetters(openCase.transpose);
  const { shape } = sourceGrid(openCase.source);
  return (
    <TypedField
      label="Voxel"
      title={`Click to type the crosshair's voxel, counted from 0 as in NumPy: ${shape.map((n, axis) => `${axes[axis]} to ${n - 1}`).join(", ")}`}
      value={voxel.join(", ")}
      read={(text) => typedVoxel(text, shape, axes)}
      onValue={setVoxel}
    />
  );
}

export function PositionField() {
  const openCase = useStore((s) => s.openCase);
  const voxel = useStore((s) => s.view.voxel);
  if (!openCase) return null;
  const grid = sourceGrid(openCase.source);
  const exact = worldFromVoxel(grid, voxel).map(formatExactMm).join(", ");
  return (
    <TypedField
      label="Position"
      title={`Click to type the crosshair's position in mm: ${positionRange(grid)}. The nearest voxel is shown`}
      value={exact}
      read={(text) => typedPosition(text, grid)}
      onValue={setVoxel}
    />
  );
}

/** Copies to a tenth of a micrometre; the probe shows a tenth of a mm. */
export function CopyPosition({ mm }: { readonly mm: Triple }) {
  const [copied, setCopied] = useState("");
  const exact = mm.map(formatExactMm).join(", ");
  const copy = () => {
    navigator.clipboard.writeText(exact).then(
      () => setCopied(exact),
      () => showError(`Could not copy the position: ${exact} mm.`),
    );
  };
  return (
    <>
      <IconButton
        className="copy-position"
        icon={copied === exact ? Check : Copy}
        label={`Copy position: ${mm.map(formatMm).join(", ")} mm`}
        onClick={copy}
      />
      <span className="visually-hidden" role="status" aria-label="Copied position">
        {copied === exact ? "copied" : ""}
      </span>
    </>
  );
}

interface SliceProps {
  readonly plane: Plane;
  readonly label: string;
}

export function SliceField({ plane, label }: SliceProps) {
  const openCase = useStore((s) => s.openCase);
  const voxel = useStore((s) => s.view.voxel);
  if (!openCase) return null;
  const grid = sourceGrid(openCase.source);
  const { slice, last } = sliceOf(grid, plane, voxel);
  const { axis } = planeAxes(grid, plane).slice;
  const goTo = (to: number) => setVoxel(inPlaneAt(useStore.getState().view.voxel, axis, to));
  return (
    <TypedField
      label={label}
      title={`Click to type the slice: ${axisLetters(openCase.transpose)[axis]} from 0 to ${last}`}
      value={String(slice)}
      read={(text) => typedSlice(text, last)}
      onValue={goTo}
      onStep={(by) => goTo(slice + by)}
    />
  );
}
