/** Carries positions from one grid of a case to another, so that they stay where they are in the patient. */
import {
  type Grid,
  planeAxes,
  type Triple,
  voxelFromWorld,
  worldFromVoxel,
} from "../../domain/geometry/grid.ts";
import type { Ruler } from "../../domain/geometry/ruler.ts";
import type { ViewState } from "../../domain/view/fields.ts";
import type { PatchSettings, PlanesView } from "../../domain/view/view-values.ts";
import { PLANES } from "../../domain/view/view-values.ts";
import { panTo } from "../../domain/volume/pan-to.ts";
import { clampVoxel } from "../slices/view-slice.ts";

interface Positions {
  readonly view: ViewState;
  readonly planes: PlanesView;
  readonly patchSettings: PatchSettings;
  readonly rulers: readonly Ruler[];
}

const rounded = ([a, b, c]: Triple): Triple => [Math.round(a), Math.round(b), Math.round(c)];

/**
 * The crosshair is clamped to the new grid; rulers outside it stay in the list, and come back with the grid.
 */
export function regrid(from: Grid, to: Grid, { view, planes, patchSettings, rulers }: Positions): Positions {
  const place = (voxel: Triple) => voxelFromWorld(to, worldFromVoxel(from, voxel));
  const { convention, voxel } = view;
  /** Keeps the crosshair where it is in a magnified picture. */
  const panned = (plane: ViewState["plane"], [x, y]: readonly [number, number], zoom: number) => {
    if (zoom === 1 && x === 0 && y === 0) return [x, y] as const;
    const [before, after] = [
      panTo(from, plane, convention, voxel),
      panTo(to, plane, convention, place(voxel)),
    ];
    return [x + after[0] - before[0], y + after[1] - before[1]] as const;
  };
  const pans = Object.fromEntries(
    PLANES.map((plane) => [plane, panned(plane, planes.pans[plane], planes.zoom)]),
  ) as Record<ViewState["plane"], readonly [number, number]>;
  const { origin } = patchSettings;
  return {
    view: {
      ...view,
      voxel: clampVoxel(rounded(place(voxel)), to.shape),
      panMm: panned(view.plane, view.panMm, view.zoom),
    },
    planes: { ...planes, pans },
    patchSettings: { ...patchSettings, origin: origin && originOn(place, origin) },
    rulers: rulers.map((ruler) => rulerOn(from, to, ruler)),
  };
}

/** A patch begins at the near face of its first voxel. */
function originOn(place: (voxel: Triple) => Triple, [a, b, c]: Triple): Triple {
  const [d, e, f] = place([a - 0.5, b - 0.5, c - 0.5]);
  return rounded([d + 0.5, e + 0.5, f + 0.5]);
}

/** Both ends lie in one slice, the nearest. */
export function rulerOn(from: Grid, to: Grid, ruler: Ruler): Ruler {
  const place = (voxel: Triple) => voxelFromWorld(to, worldFromVoxel(from, voxel));
  const { axis } = planeAxes(to, ruler.plane).slice;
  const slice = Math.round(place(ruler.from)[axis]);
  const inSlice = (voxel: Triple): Triple => {
    const at: [number, number, number] = [...place(voxel)];
    at[axis] = slice;
    return at;
  };
  return { ...ruler, from: inSlice(ruler.from), to: inSlice(ruler.to) };
}
