/**
 * The table of all view fields. Addresses, saved views, the history, and the changes that a link makes when
 * its case opens are loops over it. The page's state takes its fields and defaults from here, so a new switch
 * needs a row here and a control.
 */
import type { Rgb } from "../../base/oklab.ts";
import type { Camera } from "../geometry/camera.ts";
import type { Convention, Triple } from "../geometry/grid.ts";
import type { Ruler } from "../geometry/ruler.ts";
import { READERS } from "../reader/reader.ts";
import { type SamplingMode, TRAINERS } from "../targets/deep-supervision.ts";
import type { PoolingRule } from "../targets/pooling.ts";
import {
  type AwaitedFile,
  type ClipMode,
  type ColorBy,
  type CompareKind,
  type GridKind,
  MAX_OUTLINE_PX,
  MAX_ZOOM,
  MIN_PART,
  MIN_ZOOM,
  type PaneName,
  type PatchSettings,
  PLANES,
  type RegionStyle,
  ROW_FILTERS,
  type RowOrder,
  type SurvivalPart,
  type ViewName,
  WHOLE_PLANES,
  type WindowLevel,
} from "./view-values.ts";

/**
 * The type of a value. `url.ts` reads addresses by it and `url-encode.ts`, which loads later, writes them;
 * `formats/intake/view-file.ts`, the only module with zod, checks files.
 */
export type Kind =
  /** `inverse`: 1 in an address means false. */
  | { readonly type: "flag"; readonly inverse?: boolean }
  /** `letters`: what an address contains instead of the values. */
  | {
      readonly type: "choice";
      readonly values: readonly string[];
      readonly letters?: Readonly<Record<string, string>>;
    }
  /** `digits`: decimal places written in an address; `whole`: only whole numbers are read. */
  | {
      readonly type: "number";
      readonly min: number;
      readonly max: number;
      readonly digits: number;
      readonly whole?: boolean;
    }
  | { readonly type: "pair"; readonly min: number; readonly max: number; readonly digits: number }
  | { readonly type: "text" }
  | { readonly type: "voxel" }
  | { readonly type: "window" }
  /** `pans`: its second parameter in an address. */
  | { readonly type: "planes"; readonly pans: string }
  | { readonly type: "camera" }
  /** `size`: its second parameter in an address. */
  | { readonly type: "patch"; readonly size: string }
  /** `comparison`: the address parameter of the kind of comparison that the file is for. */
  | { readonly type: "awaited file"; readonly comparison: string }
  | { readonly type: "rulers" }
  /** Names of regions: a list, a set, the first one in an address, or the others. */
  | { readonly type: "names" | "name set" | "first name" | "other names" }
  /** Maps by name of region. */
  | { readonly type: "styles" | "colors" };

interface Options {
  /** Its parameter in an address; null if addresses do not contain it. */
  readonly address: string | null;
  /** The cases in which a saved view changes it. */
  readonly scope: "any case" | "same grid" | "named region";
  /**
   * Makes a change a step of back and forward: at once, once it has come to rest ("glide"), only if the
   * selection is what the view shows, or never.
   */
  readonly history: "step" | "glide" | "selection" | "no";
  /**
   * Its owner: `view` of the state, a slice that also decides when to reset it, or none for fields that only
   * links have. All others are in the fields slice.
   */
  readonly in?: "view" | "slice" | "link";
  /**
   * Its place in a file, by default its key; null if files do not have it or `state/view/saved-view.ts`
   * computes it.
   */
  readonly file?: string | null;
  /** Files without it are rejected. */
  readonly required?: true;
  /** Addresses contain it even if it is the default. */
  readonly always?: true;
  /** Addresses contain it only for bundled samples, like all fields that belong to a position or a region. */
  readonly sampleOnly?: true;
  /** Every case starts with its own value, so a link's value applies only once the case is open. */
  readonly perCase?: true;
  /** It changes the targets, so the action that sets it discards counts. */
  readonly targets?: true;
}

export type Field<V = unknown> = Options & { readonly kind: Kind; readonly default: V };

function field<V, const O extends Options>(
  kind: Kind,
  initial: V,
  options: O,
): O & { readonly kind: Kind; readonly default: V } {
  return { ...options, kind, default: initial };
}

function flag<const O extends Options>(initial: boolean, options: O) {
  return field<boolean, O>({ type: "flag" }, initial, options);
}

function choice<T extends string, const O extends Options>(
  values: readonly T[],
  initial: NoInfer<T>,
  options: O,
) {
  return field<T, O>({ type: "choice", values }, initial, options);
}

function choiceOrNone<T extends string, const O extends Options>(values: readonly T[], options: O) {
  return field<T | null, O>({ type: "choice", values }, null, options);
}

/** Decimal places of preferences in an address. */
export const COARSE = 3;
/** Decimal places of fields that position pixels, so that a link shows the same pixels. */
export const FINE = 6;
/** More than the lightbox ever shows. */
const MAX_TILES = 999;
/** More slices than any axis has. */
const MAX_SHIFT = 9999;
/** More scales than anyone trains on. */
const MAX_SCALES = 32;

const MODES: readonly SamplingMode[] = ["nearest-exact", "resize-segmentation"];
const VIEW_NAMES: readonly ViewName[] = [
  "grid",
  "planes",
  "lightbox",
  "compare",
  "round-trip",
  "relations",
  "survival",
];
const PANE_NAMES: readonly PaneName[] = [...PLANES, "solid"];
const CLIP_MODES: readonly ClipMode[] = ["none", "octant", ...PLANES];
const COMPARE_KINDS: readonly CompareKind[] = ["scale", "mode", "definition", "file"];
const ROW_ORDERS: readonly RowOrder[] = ["list", "lowest", "highest"];
const RULES: readonly PoolingRule[] = ["any", "all", "majority"];
const SOURCES: readonly ("label-first" | "bit-packed")[] = ["label-first", "bit-packed"];
const COLORED: readonly ColorBy[] = ["region", "label"];
const LIGHTBOX_SHOWS: readonly ("selected" | "all")[] = ["selected", "all"];
const GRID_KINDS: readonly GridKind[] = ["trained", "stored"];
const SURVIVAL_PARTS: readonly SurvivalPart[] = ["scales", "resampling"];
const NO_NAMES: ReadonlySet<string> = new Set();

const whole = (min: number, max: number): Kind => ({ type: "number", min, max, digits: 0, whole: true });

/** In the order of parameters in an address. */
export const FIELDS = {
  sample: field({ type: "text" }, null as string | null, {
    in: "link",
    address: "sample",
    file: null,
    scope: "any case",
    history: "no",
  }),
  /** Number of regions of the synthetic phantom. */
  phantomRegions: field(whole(1, Number.MAX_SAFE_INTEGER), null as number | null, {
    in: "link",
    address: "regions",
    file: null,
    scope: "any case",
    history: "no",
  }),
  /** The view in the middle of the page. */
  activeView: choice(VIEW_NAMES, "grid", {
    address: "view",
    file: "centre",
    scope: "any case",
    history: "step",
  }),
  mode: choice(MODES, "nearest-exact", { address: "mode", scope: "any case", history: "no", targets: true }),
  configuration: field({ type: "text" }, null as string | null, {
    in: "link",
    address: "config",
    file: null,
    scope: "any case",
    history: "no",
  }),
  /** As chosen; a case shows the stored grid until its training grid is made, and if it has none. */
  grid: choice(GRID_KINDS, "trained", {
    address: "grid",
    scope: "any case",
    history: "step",
    targets: true,
  }),
  /** As chosen; `selectTrainer` gives the trainer whose scales are shown. */
  trainer: choice(TRAINERS, "default", {
    address: "trainer",
    scope: "any case",
    history: "no",
    targets: true,
  }),
  /** nnU-Net reader to use instead of the one it would choose. */
  reader: choiceOrNone(READERS, {
    in: "link",
    address: "reader",
    file: null,
    scope: "any case",
    history: "no",
  }),
  /** Height of the grid's rows in CSS px; null fits them to the slice. */
  rowHeightPx: field({ type: "number", min: 24, max: 4000, digits: 0 }, null as number | null, {
    address: "rows",
    scope: "any case",
    history: "glide",
  }),
  plane: choice(PLANES, "coronal", {
    in: "view",
    address: "plane",
    scope: "any case",
    history: "step",
    always: true,
    perCase: true,
    required: true,
  }),
  drawFrom: choice(SOURCES, "label-first", {
    in: "view",
    address: "from",
    scope: "any case",
    // Both give the same picture.
    history: "no",
  }),
  /** 0..1 */
  fillOpacity: field({ type: "number", min: 0, max: 1, digits: COARSE }, 0.45, {
    in: "view",
    address: "opacity",
    scope: "any case",
    history: "glide",
    always: true,
  }),
  outline: flag(true, { in: "view", address: "outline", scope: "any case", history: "step" }),
  crosshair: flag(true, { in: "view", address: "cross", scope: "any case", history: "step" }),
  /** Draws the image interpolated between voxels; regions always have the shape of voxels. */
  interpolated: flag(false, { in: "view", address: "interpolated", scope: "any case", history: "step" }),
  convention: field(
    {
      type: "choice",
      values: ["radiological", "neurological"],
      letters: { radiological: "r", neurological: "n" },
    },
    "radiological" as Convention,
    {
      in: "view",
      address: "conv",
      scope: "any case",
      history: "step",
      // The recipient's browser may remember another convention than the sender saw.
      always: true,
    },
  ),
  /** Draws boxes over the tiles around the components that have no voxel at some scale. */
  showVanishing: flag(false, { address: "vanish", scope: "any case", history: "no" }),
  /** Index of the deep-supervision scale that planes and 3D show. */
  sliceScale: field(whole(0, MAX_SCALES), 0, {
    address: "pscale",
    file: "paneScale",
    scope: "any case",
    history: "step",
  }),
  maximised: choiceOrNone(PANE_NAMES, { address: "max", scope: "any case", history: "step" }),
  /** Where the four panes meet, as fractions of width and height. */
  split: field(
    { type: "pair", min: MIN_PART, max: 1 - MIN_PART, digits: COARSE },
    [0.5, 0.5] as readonly [number, number],
    { address: "split", scope: "any case", history: "glide" },
  ),
  /** Draws stripes where only one of full size and the shown scale has a region. */
  showDifference: flag(false, { address: "lost", file: "showLost", scope: "any case", history: "step" }),
  /** Thickness of outlines in CSS px. */
  outlinePx: field(whole(1, MAX_OUTLINE_PX), 1, { address: "line", scope: "any case", history: "glide" }),
  clipMode: choice(CLIP_MODES, "none", {
    address: "cut",
    file: "solidCut",
    scope: "any case",
    history: "step",
  }),
  colorBy: choice(COLORED, "region", { address: "by", scope: "any case", history: "step" }),
  /** Uses colours from the label file; colours that the user chose apply either way. */
  fileColors: field({ type: "flag", inverse: true }, true as boolean, {
    address: "palette",
    scope: "any case",
    history: "step",
  }),
  /** Maximum number of tiles. */
  lightboxTiles: field(whole(1, MAX_TILES), 24, {
    address: "tiles",
    file: "lightbox.tiles",
    scope: "any case",
    history: "glide",
  }),
  /** Slices by which all tiles are scrolled on from where they fit what is shown. */
  lightboxShift: field(whole(-MAX_SHIFT, MAX_SHIFT), 0, {
    address: "scroll",
    file: "lightbox.shift",
    scope: "same grid",
    history: "glide",
  }),
  /** Only the selected region, or all shown regions. */
  lightboxShows: choice(LIGHTBOX_SHOWS, "selected", {
    address: "lightbox",
    file: "lightbox.shows",
    scope: "any case",
    history: "step",
  }),
  compareKind: choice(COMPARE_KINDS, "scale", {
    address: "against",
    file: "compare.kind",
    scope: "any case",
    history: "step",
  }),
  /** Index of the other scale, for `scale`. */
  compareScale: field(whole(0, MAX_SCALES), 1, {
    address: "bscale",
    file: "compare.scale",
    scope: "any case",
    history: "step",
  }),
  compareStripes: flag(true, {
    address: "stripes",
    file: "compare.stripes",
    scope: "any case",
    history: "step",
  }),
  /** Order of the table's rows. */
  compareOrder: choice(ROW_ORDERS, "list", {
    address: "sort",
    file: "compare.order",
    scope: "any case",
    history: "no",
  }),
  compareFilter: choice(ROW_FILTERS, "all", {
    address: "list",
    file: "compare.filter",
    scope: "any case",
    history: "no",
  }),
  /** Draws the chosen row alone. */
  compareAlone: flag(false, {
    address: "alone",
    file: "compare.alone",
    scope: "any case",
    history: "step",
  }),
  /** Name of the chosen row if it is no region of the case, whose rows are chosen with `selectedRegion`. */
  compareRow: field({ type: "first name" }, null as string | null, {
    in: "slice",
    address: "row",
    file: "compare.row",
    scope: "any case",
    history: "selection",
    sampleOnly: true,
  }),
  /** The step that the Survival view is about. */
  survivalPart: choice(SURVIVAL_PARTS, "scales", {
    address: "survival",
    scope: "any case",
    history: "step",
  }),
  /** The crosshair, a full-size voxel. */
  voxel: field({ type: "voxel" }, [0, 0, 0] as Triple, {
    in: "view",
    address: "voxel",
    scope: "same grid",
    history: "glide",
    always: true,
    perCase: true,
    required: true,
  }),
  /** 1 shows the whole slice. */
  zoom: field({ type: "number", min: MIN_ZOOM, max: MAX_ZOOM, digits: FINE }, 1, {
    in: "view",
    address: "zoom",
    scope: "same grid",
    history: "glide",
    perCase: true,
  }),
  panMm: field(
    { type: "pair", min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY, digits: FINE },
    [0, 0] as readonly [number, number],
    { in: "view", address: "pan", scope: "same grid", history: "glide", perCase: true },
  ),
  window: field({ type: "window" }, { level: 40, width: 400 } as WindowLevel, {
    in: "view",
    address: "window",
    scope: "any case",
    history: "glide",
    always: true,
    sampleOnly: true,
    perCase: true,
    required: true,
  }),
  planes: field({ type: "planes", pans: "pans" }, WHOLE_PLANES, {
    address: "pzoom",
    scope: "same grid",
    history: "glide",
  }),
  /** Null for the initial camera: the whole case from the front. */
  camera: field({ type: "camera" }, null as Camera | null, {
    address: "cam",
    scope: "same grid",
    history: "glide",
  }),
  /** By name; other regions have the default style. */
  styles: field({ type: "styles" }, new Map() as ReadonlyMap<string, RegionStyle>, {
    address: "style",
    file: null,
    scope: "named region",
    history: "glide",
  }),
  /** Names of regions drawn over the others, topmost last. */
  frontRegions: field({ type: "names" }, [] as readonly string[], {
    address: "raise",
    file: "raised",
    scope: "named region",
    history: "step",
  }),
  /** By name of region. Not in the history because edits have a separate undo. */
  chosenColors: field({ type: "colors" }, new Map() as ReadonlyMap<string, Rgb>, {
    in: "slice",
    address: "color",
    file: null,
    scope: "named region",
    history: "no",
  }),
  /** Names of hidden regions. */
  hidden: field({ type: "name set" }, NO_NAMES, {
    in: "slice",
    address: "hide",
    file: null,
    scope: "named region",
    history: "step",
  }),
  solo: field({ type: "first name" }, null as string | null, {
    in: "slice",
    address: "solo",
    scope: "named region",
    history: "step",
  }),
  /** Other regions shown alone; `solo` is not among them. Empty without it. */
  soloMore: field({ type: "other names" }, NO_NAMES, {
    in: "slice",
    address: "solo",
    scope: "named region",
    history: "step",
  }),
  selectedRegion: field({ type: "first name" }, null as string | null, {
    in: "slice",
    address: "selected",
    file: "selected",
    scope: "named region",
    history: "selection",
  }),
  /** Other selected regions; `selectedRegion` is not among them. */
  selectedMore: field({ type: "other names" }, NO_NAMES, {
    in: "slice",
    address: "selected",
    scope: "named region",
    history: "selection",
  }),
  /** The training patch to show. */
  patchSettings: field(
    { type: "patch", size: "psize" },
    { on: false, size: null, origin: null } as PatchSettings,
    {
      in: "slice",
      address: "patch",
      file: null,
      scope: "same grid",
      history: "no",
      targets: true,
    },
  ),
  /** Null samples one voxel per cell, as nnU-Net does. */
  pooling: choiceOrNone(RULES, {
    in: "slice",
    address: "pool",
    scope: "any case",
    history: "no",
    sampleOnly: true,
    targets: true,
  }),
  compareAwaits: field({ type: "awaited file", comparison: "against" }, null as AwaitedFile | null, {
    in: "slice",
    address: "bfile",
    file: null,
    scope: "any case",
    history: "step",
    sampleOnly: true,
  }),
  rulers: field({ type: "rulers" }, [] as readonly Ruler[], {
    in: "slice",
    address: "ruler",
    scope: "same grid",
    history: "no",
  }),
} satisfies Readonly<Record<string, Field>>;

type Fields = typeof FIELDS;
export type FieldKey = keyof Fields;
type ValueOf<K extends FieldKey> = Fields[K]["default"];

/** Keys of the fields with a property such as `{ in: "view" }`. */
type KeysWith<P> = { [K in FieldKey]: Fields[K] extends P ? K : never }[FieldKey];

export type ViewKey = KeysWith<{ readonly in: "view" }>;
/** Keys of the page's state. */
export type StateKey = Exclude<FieldKey, ViewKey | KeysWith<{ readonly in: "link" }>>;
/** Fields that no other slice holds. */
type OwnKey = Exclude<StateKey, KeysWith<{ readonly in: "slice" }>>;
export type HistoryKey = Exclude<FieldKey, KeysWith<{ readonly history: "no" }>>;

export type ViewState = { readonly [K in ViewKey]: ValueOf<K> };
export type StateFields = { readonly [K in StateKey]: ValueOf<K> };
export type OwnFields = { readonly [K in OwnKey]: ValueOf<K> };
/** Fields that can change without side effects on other state. */
export type FreeFields = Omit<OwnFields, KeysWith<{ readonly targets: true }>>;

/** The view in an address; fields that it does not mention are undefined. */
export type LinkedView = { readonly [K in FieldKey]?: ValueOf<K> };

/** The dotted place of a field in a file, such as "view.plane"; null if files do not have it. */
type PlaceOf<K extends FieldKey> = Fields[K] extends { readonly file: infer F }
  ? F
  : K extends ViewKey
    ? `view.${K}`
    : K;

/** JSON has no sets. */
type FileValueOf<K extends FieldKey> =
  ValueOf<K> extends ReadonlySet<string> ? readonly string[] : ValueOf<K>;

type GroupOf<G extends string> = {
  readonly [K in FieldKey as PlaceOf<K> extends `${G}.${infer N}` ? N : never]: FileValueOf<K>;
};

type TopLevel<P> = P extends `${string}.${string}` ? never : P extends string ? P : never;

/** The fields as they appear in a file. */
export type FileFields = {
  readonly [K in FieldKey as TopLevel<PlaceOf<K>>]: FileValueOf<K>;
} & {
  readonly view: GroupOf<"view">;
  readonly lightbox: GroupOf<"lightbox">;
  readonly compare: GroupOf<"compare">;
};

/** All rows, in the order of parameters in an address. */
export const FIELD_LIST: readonly (readonly [FieldKey, Field])[] = (Object.keys(FIELDS) as FieldKey[]).map(
  (key) => [key, FIELDS[key]],
);

/** True if addresses contain the field for any case, not only for bundled samples. */
export function isOfAnyCase({ scope, sampleOnly }: Field): boolean {
  return scope === "any case" && !sampleOnly;
}

function defaultsOf(isWanted: (row: Field) => boolean): Record<string, unknown> {
  return Object.fromEntries(
    FIELD_LIST.filter(([, row]) => isWanted(row)).map(([key, row]) => [key, row.default]),
  );
}

export const DEFAULT_VIEW = defaultsOf((row) => row.in === "view") as unknown as ViewState;
export const DEFAULT_FIELDS = defaultsOf((row) => row.in === undefined) as unknown as OwnFields;
