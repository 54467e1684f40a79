/**
 * The view as an address, written: pure. Only view preferences are written, and what belongs to one case
 * (crosshair, names of regions) only for bundled samples: a link to somebody's own file could not open it.
 */
import { hexFromRgb } from "../../domain/colors/region-colors.ts";
import { cameraText } from "../../domain/geometry/camera.ts";
import type { Plane } from "../../domain/geometry/grid.ts";
import { TRAINERS } from "../../domain/targets/deep-supervision.ts";
import { USUAL_COMPARE, USUAL_LIGHTBOX } from "../../domain/view/saved-view.ts";
import type { ViewState } from "../slices/view-slice.ts";
import { CENTRES, type LinkedLayouts, type LinkedView, MODES, SOURCES } from "./url.ts";

/** What {@link encodeView} writes. */
export type EncodedView = Omit<LinkedView, "view" | "layouts"> & {
  readonly view: ViewState;
  readonly layouts: LinkedLayouts;
};

const PLANES: readonly Plane[] = ["axial", "coronal", "sagittal"];

/** The keys this codec owns; others in the address are left alone. */
export const URL_KEYS = [
  "sample",
  "regions",
  "view",
  "mode",
  "config",
  "trainer",
  "reader",
  "rows",
  "plane",
  "from",
  "opacity",
  "outline",
  "cross",
  "voxel",
  "zoom",
  "pan",
  "window",
  "hide",
  "solo",
  "selected",
  "patch",
  "psize",
  "pool",
  "vanish",
  "conv",
  "pscale",
  "pzoom",
  "pans",
  "max",
  "split",
  "lost",
  "line",
  "cut",
  "cam",
  "by",
  "palette",
  "style",
  "raise",
  "color",
  "tiles",
  "lightbox",
  "against",
  "bscale",
  "stripes",
  "bfile",
] as const;

export function encodeView(state: EncodedView): URLSearchParams {
  const out = new URLSearchParams();
  const { view } = state;
  if (state.sample) out.set("sample", state.sample);
  if (state.phantomRegions) out.set("regions", String(state.phantomRegions));
  if (state.centre && state.centre !== CENTRES[0]) out.set("view", state.centre);
  if (state.mode && state.mode !== MODES[0]) out.set("mode", state.mode);
  if (state.configuration) out.set("config", state.configuration);
  if (state.trainer && state.trainer !== TRAINERS[0]) out.set("trainer", state.trainer);
  if (state.reader) out.set("reader", state.reader);
  if (state.rowHeightPx) out.set("rows", String(Math.round(state.rowHeightPx)));
  out.set("plane", view.plane);
  if (view.drawFrom !== SOURCES[0]) out.set("from", view.drawFrom);
  out.set("opacity", short(view.fillOpacity));
  if (!view.outline) out.set("outline", "0");
  if (!view.crosshair) out.set("cross", "0");
  // Always said: what the reader's browser remembers is not what was seen.
  out.set("conv", view.convention === "neurological" ? "n" : "r");
  if (state.showVanishing) out.set("vanish", "1");
  if (state.paneScale) out.set("pscale", String(state.paneScale));
  if (state.maximised) out.set("max", state.maximised);
  if (state.split?.some((part) => part !== 0.5)) out.set("split", state.split.map(short).join(","));
  if (state.showLost) out.set("lost", "1");
  if (state.outlinePx && state.outlinePx !== 1) out.set("line", String(state.outlinePx));
  if (state.solidCut && state.solidCut !== "none") out.set("cut", state.solidCut);
  if (state.colorBy === "label") out.set("by", "label");
  if (state.fileColors === false) out.set("palette", "1");
  encodeLayouts(state.layouts, out);
  if (!state.sample) return out;
  out.set("voxel", view.voxel.join(","));
  if (view.zoom !== 1) out.set("zoom", fine(view.zoom));
  if (view.panMm[0] !== 0 || view.panMm[1] !== 0) out.set("pan", view.panMm.map(fine).join(","));
  out.set("window", `${short(view.window.level)},${short(view.window.width)}`);
  encodePanes(state, out);
  for (const name of state.hidden ?? []) out.append("hide", name);
  for (const name of several(state.solo, state.soloMore)) out.append("solo", name);
  for (const name of several(state.selected, state.selectedMore)) out.append("selected", name);
  if (state.patchOrigin) out.set("patch", state.patchOrigin.join(","));
  if (state.patchOrigin && state.patchSize) out.set("psize", state.patchSize.join(","));
  if (state.pooling) out.set("pool", state.pooling);
  if (state.compareAwaits) out.set("bfile", state.compareAwaits.name);
  return out;
}

function encodeLayouts(layouts: LinkedLayouts, out: URLSearchParams): void {
  const { lightboxTiles, lightboxShows, compareKind, compareScale, compareStripes } = layouts;
  if (lightboxTiles !== USUAL_LIGHTBOX.tiles) out.set("tiles", String(lightboxTiles));
  if (lightboxShows !== USUAL_LIGHTBOX.shows) out.set("lightbox", lightboxShows);
  if (compareKind !== USUAL_COMPARE.kind) out.set("against", compareKind);
  if (compareScale !== USUAL_COMPARE.scale) out.set("bscale", String(compareScale));
  if (!compareStripes) out.set("stripes", "0");
}

function encodePanes({ planes, camera, styles, raised, colors }: EncodedView, out: URLSearchParams): void {
  if (planes && planes.zoom !== 1) out.set("pzoom", fine(planes.zoom));
  const pans = planes ? PLANES.flatMap((plane) => planes.pans[plane]) : [];
  if (pans.some((mm) => mm !== 0)) out.set("pans", pans.map(fine).join(","));
  if (camera) out.set("cam", cameraText(camera));
  for (const [name, { drawing, opacity }] of styles ?? [])
    out.append("style", `${drawing},${short(opacity)},${name}`);
  for (const name of raised ?? []) out.append("raise", name);
  for (const [name, color] of colors ?? []) out.append("color", `${hexFromRgb(color).slice(1)},${name}`);
}

function short(value: number): string {
  return String(Number(value.toFixed(3)));
}

/** What places pixels: opened again, the same ones. */
function fine(value: number): string {
  return String(Number(value.toFixed(6)));
}

function several(first: string | undefined, more: readonly string[] = []): readonly string[] {
  return first ? [first, ...more] : [];
}
