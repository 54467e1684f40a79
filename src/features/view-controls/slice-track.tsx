/** Slice track: a slider over all slices of a plane that marks where regions are. */
import { type KeyboardEvent, memo, type PointerEvent } from "react";
import { sliceRanges } from "../../domain/analysis/slice-set.ts";
import { type Convention, type Plane, planeAxes } from "../../domain/geometry/grid.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { setVoxel } from "../../state/actions/view-actions.ts";
import { inPlaneAt } from "../../state/regions/slice-selectors.ts";
import { useStore } from "../../state/store.ts";
import { densityRanges } from "./density-ranges.ts";
import { type SliceTrackLanes, selectSliceTrackLanes } from "./slice-track-lanes.ts";

interface Props {
  /** The plane whose slices the track shows. */
  readonly plane: Plane;
  /** CSS sets the length and thickness. */
  readonly orientation: "vertical" | "horizontal";
}

const PAGE_SLICES = 10;

/** Extent of the two lanes, as fractions of the track's thickness. */
const SHOWN_LANE = { from: 0.08, to: 0.42 };
const SELECTED_LANE = { from: 0.52, to: 0.94 };

/**
 * One lane shows the selected regions in their colours, the other how many shown regions each slice has.
 * Clicking, dragging and arrow keys change the slice.
 */
export function SliceTrack({ plane, orientation }: Props) {
  const grid = useStore((s) => (s.openCase ? sourceGrid(s.openCase.source) : null));
  const convention = useStore((s) => s.view.convention);
  const axes = grid ? planeAxes(grid, plane, convention) : null;
  const axis = axes?.slice.axis ?? 0;
  const at = useStore((s) => s.view.voxel[axis]);
  const lanes = useStore(selectSliceTrackLanes[axis]);
  if (!grid || !axes) return null;
  const length = grid.shape[axis];
  const along = ends(plane, orientation, convention, axes.slice.direction);
  const isVertical = orientation === "vertical";

  const goTo = (slice: number) => {
    const { view } = useStore.getState();
    const clamped = Math.min(length - 1, Math.max(0, slice));
    if (clamped !== view.voxel[axis]) setVoxel(inPlaneAt(view.voxel, axis, clamped));
  };
  const onPointer = (event: PointerEvent<HTMLElement>) => {
    if (event.buttons !== 1) return;
    const track = event.currentTarget;
    if (event.type === "pointerdown") track.setPointerCapture(event.pointerId);
    const box = track.getBoundingClientRect();
    const part = isVertical ? (event.clientY - box.top) / box.height : (event.clientX - box.left) / box.width;
    const place = Math.floor(part * length);
    goTo(along.rising ? place : length - 1 - place);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Arrow keys move in the direction they point: down and right are further along the track.
    const step = STEPS[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    goTo(at + (along.rising ? step : -step));
  };
  const middle = ((along.rising ? at : length - 1 - at) + 0.5) / length;
  return (
    <div className="slice-track" data-orientation={orientation}>
      <span className="track-letter" aria-hidden="true">
        {along.letters[0]}
      </span>
      <div
        className="track-bar"
        role="slider"
        tabIndex={0}
        aria-label={`Slice, ${plane}`}
        aria-orientation={orientation}
        aria-valuemin={0}
        aria-valuemax={length - 1}
        aria-valuenow={at}
        aria-valuetext={`slice ${at} of ${length - 1}`}
        title="Slices: brighter where more shown regions are, coloured where the selected regions are. Click to go there."
        onPointerDown={onPointer}
        onPointerMove={onPointer}
        onKeyDown={onKeyDown}
      >
        {lanes ? <Lanes lanes={lanes} length={length} isVertical={isVertical} rising={along.rising} /> : null}
        {/* A layer that is moved, as an element under the pointer stays in its place. */}
        <i
          className="track-place"
          style={{ transform: isVertical ? `translateY(${100 * middle}%)` : `translateX(${100 * middle}%)` }}
        >
          <i className="track-marker" />
        </i>
      </div>
      <span className="track-letter" aria-hidden="true">
        {along.letters[1]}
      </span>
    </div>
  );
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowLeft: -1,
  ArrowDown: 1,
  ArrowRight: 1,
  PageUp: -PAGE_SLICES,
  PageDown: PAGE_SLICES,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/**
 * Returns the direction in which slices run, matching how the planes beside the track show the patient.
 * @param direction of the array axis towards S, A, R
 */
function ends(
  plane: Plane,
  orientation: Props["orientation"],
  convention: Convention,
  direction: 1 | -1,
): { readonly letters: readonly [string, string]; readonly rising: boolean } {
  const [towards, away] = { axial: ["S", "I"], coronal: ["A", "P"], sagittal: ["R", "L"] }[plane];
  const isFlipped = plane === "sagittal" && orientation === "horizontal" && convention === "neurological";
  const letters = isFlipped ? ([away, towards] as const) : ([towards, away] as const);
  return { letters: [letters[0] ?? "", letters[1] ?? ""], rising: (direction === -1) !== isFlipped };
}

interface LanesProps {
  readonly lanes: SliceTrackLanes;
  readonly length: number;
  readonly isVertical: boolean;
  readonly rising: boolean;
}

/** Redrawn only when regions change; stepping through slices moves only the marker. */
const Lanes = memo(function Lanes({ lanes, length, isVertical, rising }: LanesProps) {
  const rect = (from: number, to: number, lane: { from: number; to: number }) => {
    const start = rising ? from : length - to;
    const [thick, long] = [lane.to - lane.from, to - from];
    return isVertical
      ? { x: lane.from, y: start, width: thick, height: long }
      : { x: start, y: lane.from, width: long, height: thick };
  };
  const share = (SELECTED_LANE.to - SELECTED_LANE.from) / Math.max(1, lanes.selected.length);
  return (
    <svg
      className="track-lanes"
      viewBox={isVertical ? `0 0 1 ${length}` : `0 0 ${length} 1`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {densityRanges(lanes.shown, lanes.most).map(({ from, to, opacity }) => (
        <rect key={from} className="track-shown" opacity={opacity} {...rect(from, to, SHOWN_LANE)} />
      ))}
      {lanes.selected.flatMap(({ name, hex, slices }, i) =>
        sliceRanges(slices, length).map(([from, to]) => {
          const start = SELECTED_LANE.from + i * share;
          return (
            <rect
              key={`${from} ${name}`}
              fill={hex}
              {...rect(from, to, { from: start, to: start + share })}
            />
          );
        }),
      )}
    </svg>
  );
});
