/** Toolbar of the grid: tools, slice, image window, overlays, row height and the path to draw from. */
import { DiamondMinus, RotateCcw, SquareX, UnfoldVertical } from "lucide-react";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import {
  resetView,
  setRowHeight,
  setView,
  toggleShowChanged,
  toggleShowVanishing,
} from "../../state/actions/view-actions.ts";
import { selectRoundTrip } from "../../state/case/case-selectors.ts";
import { useStore } from "../../state/store.ts";
import { sliceOf } from "../../state/view/initial-view.ts";
import { IconButton } from "../../ui/controls/icon-button.tsx";
import { Segmented } from "../../ui/controls/segmented.tsx";
import { keyOf } from "../../ui/keys.ts";
import { rulerControls } from "../ruler/lazy.tsx";
import { sliceField } from "../typed-values/lazy.tsx";
import { LegendMenu } from "../view-controls/legend-menu.tsx";
import { TargetsMenu } from "../view-controls/targets-menu.tsx";
import { OverlayControls, ToolSwitch } from "../view-controls/view-controls.tsx";
import { WindowMenu } from "../view-controls/window-menu.tsx";

export function GridToolbar() {
  const view = useStore((s) => s.view);
  const rowHeightPx = useStore((s) => s.rowHeightPx);
  const onlyWords = useStore((s) => s.openCase?.source.kind === "masks" || s.pooling !== null);
  const hasImage = useStore((s) => (s.openCase?.image ?? null) !== null);
  const changes = useStore((s) => selectRoundTrip(s)?.lossless === false);
  const showChanged = useStore((s) => s.showChanged);
  const compared = useStore((s) => s.otherDefinition !== null);
  const showVanishing = useStore((s) => s.showVanishing);
  return (
    <div className="toolbar" role="toolbar" aria-label="View">
      <ToolSwitch />
      <rulerControls.View />
      <SliceNumber />
      {hasImage ? <WindowMenu /> : null}
      <TargetsMenu />
      <OverlayControls />
      <LegendMenu />
      <IconButton
        icon={SquareX}
        label="Mark components with no voxel at a scale"
        pressed={showVanishing}
        onClick={toggleShowVanishing}
      />
      {changes ? (
        <IconButton
          icon={DiamondMinus}
          label="Mark voxels whose label changes in the round trip"
          pressed={showChanged && !compared}
          onClick={toggleShowChanged}
        />
      ) : null}
      <label className="slider" title="Row height">
        <UnfoldVertical size={14} aria-hidden />
        <input
          type="range"
          min={72}
          max={480}
          step={4}
          aria-label="Row height"
          aria-valuetext={`${rowHeightPx ?? 180} pixels`}
          value={rowHeightPx ?? 180}
          onChange={(event) => setRowHeight(Number(event.target.value))}
        />
      </label>
      <IconButton
        icon={RotateCcw}
        label={`Fit rows to the slice and show whole slices (${keyOf("whole")})`}
        onClick={() => {
          setRowHeight(null);
          resetView();
        }}
      />
      <span className="stretch" />
      <span className="toolbar-label">Draw from</span>
      <Segmented
        label="Draw from"
        options={[
          {
            value: "label-first",
            name: "Draw from labels: the label map (label-first)",
            face: fittedName("label map", "labels"),
            disabled: onlyWords,
          },
          {
            value: "bit-packed",
            name: "Draw from packed bits (bit-packed)",
            face: fittedName("packed bits", "bits"),
          },
        ]}
        value={onlyWords ? "bit-packed" : view.drawFrom}
        onChange={(drawFrom) => setView({ drawFrom })}
      />
    </div>
  );
}

/** Shows the long text if the toolbar has room for it, otherwise the short one. */
function fittedName(long: string, short: string) {
  return (
    <>
      <span className="toolbar-wide">{long}</span>
      <span className="toolbar-narrow">{short}</span>
    </>
  );
}

/** The slider for slices is the track beside the grid. */
function SliceNumber() {
  const grid = useStore((s) => (s.openCase ? sourceGrid(s.openCase.source) : null));
  const plane = useStore((s) => s.view.plane);
  const voxel = useStore((s) => s.view.voxel);
  if (!grid) return null;
  const { slice, last } = sliceOf(grid, plane, voxel);
  // As wide in every slice of every plane, so that nothing after it moves.
  const digits = String(Math.max(...grid.shape) - 1).length;
  return (
    <span className="slice-number">
      <span className="toolbar-label">Slice </span>
      <span className="slice-of" style={{ minWidth: `calc(${2 * digits + 1}ch + 16px)` }}>
        <span className="typed">
          <b>{slice}</b>
          <sliceField.View plane={plane} label="Slice" />
        </span>
        /{last}
      </span>
    </span>
  );
}
