/**
 * The view as an address: pure, both ways. Only view preferences are written, and what belongs to one case
 * (crosshair, names of regions) only for bundled samples: a link to somebody's own file could not open it.
 */
import type { SamplingMode } from "../domain/deep-supervision.ts";
import type { Plane, Triple } from "../domain/grid.ts";
import type { PoolingRule } from "../domain/pooling.ts";
import type { CentreView, ViewState, WindowLevel } from "./view-slice.ts";

/** What an address asks for; what it does not mention is undefined. */
export interface LinkedView {
  readonly sample?: string;
  /** Number of regions of the synthetic phantom. */
  readonly phantomRegions?: number;
  readonly mode?: SamplingMode;
  readonly configuration?: string;
  readonly rowHeightPx?: number;
  /** What fills the middle of the page. */
  readonly centre?: CentreView;
  /** Whether components that vanish are marked in the grid. */
  readonly showVanishing?: boolean;
  /** Preferences that hold for any case. */
  readonly view: Partial<Pick<ViewState, "plane" | "fillOpacity" | "outline" | "crosshair" | "drawFrom">>;
  /** What only makes sense on the sample. */
  readonly voxel?: Triple;
  readonly zoom?: number;
  readonly panMm?: readonly [number, number];
  readonly window?: WindowLevel;
  readonly hidden?: readonly string[];
  readonly solo?: string;
  /** Shown alone beside `solo`. */
  readonly soloMore?: readonly string[];
  readonly selected?: string;
  /** Selected beside `selected`. */
  readonly selectedMore?: readonly string[];
  /** A training patch looked at: where it begins, and its size where that is not the plans'. */
  readonly patchOrigin?: Triple;
  readonly patchSize?: Triple;
  readonly pooling?: PoolingRule;
}

/** What {@link encodeView} writes. */
export type EncodedView = Omit<LinkedView, "view"> & { readonly view: ViewState };

const PLANES: readonly Plane[] = ["axial", "coronal", "sagittal"];
const MODES: readonly SamplingMode[] = ["nearest-exact", "resize-segmentation"];
const CENTRES: readonly CentreView[] = [
  ...(["grid", "planes", "lightbox", "compare"] as const),
  ...(["round-trip", "relations", "survival"] as const),
];
const RULES: readonly PoolingRule[] = ["any", "all", "majority"];
const SOURCES: readonly ViewState["drawFrom"][] = ["label-first", "bit-packed"];

/** The keys this codec owns; others in the address are left alone. */
export const URL_KEYS = [
  ...["sample", "regions", "view", "mode", "config", "rows", "plane", "from", "opacity", "outline", "cross"],
  ...["voxel", "zoom", "pan", "window", "hide", "solo", "selected", "patch", "psize", "pool"],
  "vanish",
] as const;

export function encodeView(state: EncodedView): URLSearchParams {
  const out = new URLSearchParams();
  const { view } = state;
  if (state.sample) out.set("sample", state.sample);
  if (state.phantomRegions) out.set("regions", String(state.phantomRegions));
  if (state.centre && state.centre !== CENTRES[0]) out.set("view", state.centre);
  if (state.mode && state.mode !== MODES[0]) out.set("mode", state.mode);
  if (state.configuration) out.set("config", state.configuration);
  if (state.rowHeightPx) out.set("rows", String(Math.round(state.rowHeightPx)));
  out.set("plane", view.plane);
  if (view.drawFrom !== SOURCES[0]) out.set("from", view.drawFrom);
  out.set("opacity", short(view.fillOpacity));
  if (!view.outline) out.set("outline", "0");
  if (!view.crosshair) out.set("cross", "0");
  if (state.showVanishing) out.set("vanish", "1");
  if (!state.sample) return out;
  out.set("voxel", view.voxel.join(","));
  if (view.zoom !== 1) out.set("zoom", short(view.zoom));
  if (view.panMm[0] !== 0 || view.panMm[1] !== 0) out.set("pan", view.panMm.map(short).join(","));
  out.set("window", `${short(view.window.level)},${short(view.window.width)}`);
  for (const name of state.hidden ?? []) out.append("hide", name);
  for (const name of several(state.solo, state.soloMore)) out.append("solo", name);
  for (const name of several(state.selected, state.selectedMore)) out.append("selected", name);
  if (state.patchOrigin) out.set("patch", state.patchOrigin.join(","));
  if (state.patchOrigin && state.patchSize) out.set("psize", state.patchSize.join(","));
  if (state.pooling) out.set("pool", state.pooling);
  return out;
}

/** Reads an address; what is malformed is as good as absent. */
export function decodeView(params: URLSearchParams): LinkedView {
  const plane = oneOf(PLANES, params.get("plane"));
  const drawFrom = oneOf(SOURCES, params.get("from"));
  const opacity = numbers(params.get("opacity"), 1)?.[0];
  const outline = flag(params.get("outline"));
  const crosshair = flag(params.get("cross"));
  const showVanishing = flag(params.get("vanish"));
  const voxel = numbers(params.get("voxel"), 3);
  const pan = numbers(params.get("pan"), 2);
  const zoom = numbers(params.get("zoom"), 1)?.[0];
  const window = numbers(params.get("window"), 2);
  const regions = numbers(params.get("regions"), 1)?.[0];
  const rows = numbers(params.get("rows"), 1)?.[0];
  const hidden = params.getAll("hide");
  const [solo, ...soloMore] = params.getAll("solo");
  const [selected, ...selectedMore] = params.getAll("selected");
  return {
    ...given("sample", params.get("sample")),
    ...given("phantomRegions", regions !== undefined && regions >= 1 ? Math.round(regions) : null),
    ...given("centre", oneOf(CENTRES, params.get("view"))),
    ...given("mode", oneOf(MODES, params.get("mode"))),
    ...given("configuration", params.get("config")),
    ...given("rowHeightPx", rows !== undefined && rows > 0 ? rows : null),
    ...given("showVanishing", showVanishing),
    view: {
      ...given("plane", plane),
      ...given("drawFrom", drawFrom),
      ...given("fillOpacity", opacity !== undefined && opacity >= 0 && opacity <= 1 ? opacity : null),
      ...given("outline", outline),
      ...given("crosshair", crosshair),
    },
    ...given("voxel", triple(voxel)),
    ...given("zoom", zoom !== undefined && zoom > 0 ? zoom : null),
    ...given("panMm", pan ? ([pan[0] ?? 0, pan[1] ?? 0] as const) : null),
    ...given("window", windowLevel(window)),
    ...given("hidden", hidden.length > 0 ? hidden : null),
    ...given("solo", solo),
    ...given("soloMore", soloMore.length > 0 ? soloMore : null),
    ...given("selected", selected),
    ...given("selectedMore", selectedMore.length > 0 ? selectedMore : null),
    ...given("patchOrigin", whole(numbers(params.get("patch"), 3))),
    ...given("patchSize", whole(numbers(params.get("psize"), 3), 1)),
    ...given("pooling", oneOf(RULES, params.get("pool"))),
  };
}

function several(first: string | undefined, more: readonly string[] = []): readonly string[] {
  return first ? [first, ...more] : [];
}

function short(value: number): string {
  return String(Number(value.toFixed(3)));
}

function given<K extends string, V>(key: K, value: V | null | undefined): { readonly [P in K]?: V } {
  return value === null || value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });
}

function oneOf<T extends string>(allowed: readonly T[], text: string | null): T | null {
  return allowed.find((value) => value === text) ?? null;
}

function flag(text: string | null): boolean | null {
  return text === "0" ? false : text === "1" ? true : null;
}

function numbers(text: string | null, count: number): number[] | null {
  if (!text) return null;
  const values = text.split(",").map(Number);
  return values.length === count && values.every(Number.isFinite) ? values : null;
}

function triple(values: number[] | null): Triple | null {
  return values ? [values[0] ?? 0, values[1] ?? 0, values[2] ?? 0] : null;
}

function whole(values: number[] | null, least = Number.NEGATIVE_INFINITY): Triple | null {
  return values?.every((n) => Number.isInteger(n) && n >= least) ? triple(values) : null;
}

function windowLevel(values: number[] | null): WindowLevel | null {
  const width = values?.[1] ?? 0;
  return values && width > 0 ? { level: values[0] ?? 0, width } : null;
}
