/** What an address says of the view, read: pure. Written by `url-encode.ts`, which the page fetches later. */
import type { Rgb } from "../../base/oklab.ts";
import { cameraFrom, type SolidCamera } from "../../domain/geometry/camera.ts";
import type { Plane, Triple } from "../../domain/geometry/grid.ts";
import { asReader, type Reader } from "../../domain/reader/reader.ts";
import { type SamplingMode, TRAINERS, type Trainer } from "../../domain/targets/deep-supervision.ts";
import type { PoolingRule } from "../../domain/targets/pooling.ts";
import type { ColorBy } from "../slices/color-slice.ts";
import type { AwaitedFile, CompareKind, CompareSlice } from "../slices/compare-slice.ts";
import type { LightboxSlice } from "../slices/lightbox-slice.ts";
import {
  LEAST_PART,
  type PaneName,
  type PlanesView,
  type RegionDrawing,
  type RegionStyle,
} from "../slices/slices-slice.ts";
import type { CentreView, ViewState, WindowLevel } from "../slices/view-slice.ts";
import type { SolidCutName } from "../slices/view3d-slice.ts";

/** What an address asks for; what it does not mention is undefined. */
export interface LinkedView {
  readonly sample?: string;
  /** Number of regions of the synthetic phantom. */
  readonly phantomRegions?: number;
  readonly mode?: SamplingMode;
  readonly configuration?: string;
  readonly trainer?: Trainer;
  /** Of nnU-Net, in place of the one that it would take. */
  readonly reader?: Reader;
  readonly rowHeightPx?: number;
  /** What fills the middle of the page. */
  readonly centre?: CentreView;
  /** Whether components that vanish are marked in the grid. */
  readonly showVanishing?: boolean;
  /** Preferences that hold for any case. */
  readonly view: Partial<
    Pick<ViewState, "plane" | "convention" | "fillOpacity" | "outline" | "crosshair" | "drawFrom">
  >;
  /** Of Lightbox and Compare. */
  readonly layouts: Partial<LinkedLayouts>;
  readonly paneScale?: number;
  readonly maximised?: PaneName;
  readonly split?: readonly [number, number];
  readonly showLost?: boolean;
  readonly outlinePx?: number;
  readonly solidCut?: SolidCutName;
  readonly colorBy?: ColorBy;
  /** Whether colours of the label file are used. */
  readonly fileColors?: boolean;
  /** What only makes sense on the sample. */
  readonly voxel?: Triple;
  readonly zoom?: number;
  readonly panMm?: readonly [number, number];
  readonly planes?: PlanesView;
  readonly camera?: SolidCamera;
  readonly window?: WindowLevel;
  readonly styles?: ReadonlyMap<string, RegionStyle>;
  /** Topmost last. */
  readonly raised?: readonly string[];
  /** Chosen by the user, by name of region. */
  readonly colors?: ReadonlyMap<string, Rgb>;
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
  readonly compareAwaits?: AwaitedFile;
}

export type LinkedLayouts = Pick<LightboxSlice, "lightboxTiles" | "lightboxShows"> &
  Pick<CompareSlice, "compareKind" | "compareScale" | "compareStripes">;

const PLANES: readonly Plane[] = ["axial", "coronal", "sagittal"];
export const MODES: readonly SamplingMode[] = ["nearest-exact", "resize-segmentation"];
export const CENTRES: readonly CentreView[] = [
  "grid",
  "planes",
  "lightbox",
  "compare",
  "round-trip",
  "relations",
  "survival",
];
const PANES: readonly PaneName[] = [...PLANES, "solid"];
const CUTS: readonly SolidCutName[] = ["none", "octant", ...PLANES];
const DRAWINGS: readonly RegionDrawing[] = ["both", "fill", "outline", "hatch"];
const COMPARE_KINDS: readonly CompareKind[] = ["scale", "mode", "definition", "file"];
const MOST_ZOOM = 40;
/** More than the lightbox ever shows. */
const MOST_TILES = 999;
const MOST_OUTLINE_PX = 6;
/** Nobody trains on so many scales. */
const MOST_SCALES = 32;
const CONVENTIONS: ReadonlyMap<string, ViewState["convention"]> = new Map([
  ["r", "radiological"],
  ["n", "neurological"],
]);
const RULES: readonly PoolingRule[] = ["any", "all", "majority"];
export const SOURCES: readonly ViewState["drawFrom"][] = ["label-first", "bit-packed"];

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
  const raised = params.getAll("raise").filter((name) => name !== "");
  const split = within(numbers(params.get("split"), 2), LEAST_PART, 1 - LEAST_PART);
  const [solo, ...soloMore] = params.getAll("solo");
  const [selected, ...selectedMore] = params.getAll("selected");
  return {
    ...given("sample", params.get("sample")),
    ...given("phantomRegions", regions !== undefined && regions >= 1 ? Math.round(regions) : null),
    ...given("centre", oneOf(CENTRES, params.get("view"))),
    ...given("mode", oneOf(MODES, params.get("mode"))),
    ...given("configuration", params.get("config")),
    ...given("trainer", oneOf(TRAINERS, params.get("trainer"))),
    ...given("reader", asReader(params.get("reader"))),
    ...given("rowHeightPx", rows !== undefined && rows > 0 ? rows : null),
    ...given("showVanishing", showVanishing),
    view: {
      ...given("plane", plane),
      ...given("convention", CONVENTIONS.get(params.get("conv") ?? "")),
      ...given("drawFrom", drawFrom),
      ...given("fillOpacity", opacity !== undefined && opacity >= 0 && opacity <= 1 ? opacity : null),
      ...given("outline", outline),
      ...given("crosshair", crosshair),
    },
    layouts: {
      ...given("lightboxTiles", wholeIn(params.get("tiles"), 1, MOST_TILES)),
      ...given("lightboxShows", params.get("lightbox") === "all" ? ("all" as const) : null),
      ...given("compareKind", oneOf(COMPARE_KINDS, params.get("against"))),
      ...given("compareScale", wholeIn(params.get("bscale"), 0, MOST_SCALES)),
      ...given("compareStripes", flag(params.get("stripes"))),
    },
    ...given("paneScale", wholeIn(params.get("pscale"), 0, MOST_SCALES)),
    ...given("maximised", oneOf(PANES, params.get("max"))),
    ...given("split", split ? ([split[0] ?? 0, split[1] ?? 0] as const) : null),
    ...given("showLost", flag(params.get("lost"))),
    ...given("outlinePx", wholeIn(params.get("line"), 1, MOST_OUTLINE_PX)),
    ...given("solidCut", oneOf(CUTS, params.get("cut"))),
    ...given("colorBy", params.get("by") === "label" ? ("label" as const) : null),
    ...given("fileColors", params.get("palette") === "1" ? false : null),
    ...given("planes", planesOf(params.get("pzoom"), params.get("pans"))),
    ...given("camera", cameraFrom(params.get("cam") ?? "")),
    ...given("styles", named(params.getAll("style"), 2, styleOf)),
    ...given("raised", raised.length > 0 ? raised : null),
    ...given(
      "colors",
      named(params.getAll("color"), 1, ([hex]) => rgbOf(hex ?? "")),
    ),
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
    ...given("compareAwaits", awaited(params.get("against"), params.get("bfile"))),
  };
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

function within(values: number[] | null, least: number, most: number): number[] | null {
  return values?.every((n) => n >= least && n <= most) ? values : null;
}

function wholeIn(text: string | null, least: number, most: number): number | null {
  const [n] = within(numbers(text, 1), least, most) ?? [];
  return n !== undefined && Number.isInteger(n) ? n : null;
}

/** Of axial, coronal and sagittal, right and down. */
function planesOf(zoomText: string | null, pansText: string | null): PlanesView | null {
  const zoom = within(numbers(zoomText, 1), 1, MOST_ZOOM)?.[0];
  const pans = numbers(pansText, 6);
  if (zoom === undefined && !pans) return null;
  const pan = (at: number) => [pans?.[at] ?? 0, pans?.[at + 1] ?? 0] as const;
  return { zoom: zoom ?? 1, pans: { axial: pan(0), coronal: pan(2), sagittal: pan(4) } };
}

/** Texts of `count` values and a name, which may itself have commas. */
function named<V>(
  texts: readonly string[],
  count: number,
  read: (values: readonly string[]) => V | null,
): ReadonlyMap<string, V> | null {
  const found = new Map<string, V>();
  for (const text of texts) {
    const parts = text.split(",");
    const [name, value] = [parts.slice(count).join(","), read(parts.slice(0, count))];
    if (name !== "" && value !== null) found.set(name, value);
  }
  return found.size > 0 ? found : null;
}

function styleOf([drawing = "", opacityText = ""]: readonly string[]): RegionStyle | null {
  const known = oneOf(DRAWINGS, drawing);
  const opacity = within(numbers(opacityText, 1), 0, 1)?.[0];
  return known && opacity !== undefined ? { drawing: known, opacity } : null;
}

/** Of six hexadecimal digits. */
export function rgbOf(hex: string): Rgb | null {
  if (!/^[0-9a-f]{6}$/i.test(hex)) return null;
  const n = Number.parseInt(hex, 16);
  return [(n >> 16) / 255, ((n >> 8) & 255) / 255, (n & 255) / 255];
}

function awaited(kind: string | null, name: string | null): AwaitedFile | null {
  return name && (kind === "definition" || kind === "file") ? { kind, name } : null;
}

function whole(values: number[] | null, least = Number.NEGATIVE_INFINITY): Triple | null {
  return values?.every((n) => Number.isInteger(n) && n >= least) ? triple(values) : null;
}

function windowLevel(values: number[] | null): WindowLevel | null {
  const width = values?.[1] ?? 0;
  return values && width > 0 ? { level: values[0] ?? 0, width } : null;
}
