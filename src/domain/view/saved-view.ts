/**
 * Defines a view as saved in a file: the contents of an address, plus the case and regions that it refers to.
 */
import type { SolidCamera } from "../geometry/camera.ts";
import type { Convention, Plane, Triple } from "../geometry/grid.ts";
import type { Ruler } from "../geometry/ruler.ts";
import type { Reader } from "../reader/reader.ts";
import type { SamplingMode, Trainer } from "../targets/deep-supervision.ts";
import type { PoolingRule } from "../targets/pooling.ts";

export const VIEW_SCHEMA = "regionscope.view/1";

/** Defaults of the Lightbox and Compare; addresses omit them, and older files lack them. */
export const USUAL_LIGHTBOX = { tiles: 24, shows: "selected" } as const;
export const USUAL_COMPARE = { kind: "scale", scale: 1, stripes: true } as const;

type Pair = readonly [number, number];

interface SavedRegion {
  readonly name: string;
  /** `#rrggbb` as displayed. */
  readonly color: string;
  readonly drawing: "both" | "fill" | "outline" | "hatch";
  readonly opacity: number;
  readonly hidden: boolean;
}

export interface SavedView {
  readonly schema: typeof VIEW_SCHEMA;
  readonly case: {
    readonly name: string;
    /** z, y, x after the plans' transpose. */
    readonly shape: Triple;
    /** Twelve numbers that map an array position to RAS mm. */
    readonly toWorld: readonly number[];
  };
  readonly centre: "grid" | "planes" | "lightbox" | "compare" | "round-trip" | "relations" | "survival";
  readonly mode: SamplingMode;
  readonly configuration: string | null;
  readonly trainer: Trainer;
  /** The reader that placed the case; null if the case came from no file, and in older views. */
  readonly reader: Reader | null;
  readonly view: {
    readonly plane: Plane;
    readonly convention: Convention;
    readonly voxel: Triple;
    readonly zoom: number;
    readonly panMm: Pair;
    readonly window: { readonly level: number; readonly width: number };
    readonly fillOpacity: number;
    readonly outline: boolean;
    readonly crosshair: boolean;
    readonly drawFrom: "label-first" | "bit-packed";
  };
  readonly rowHeightPx: number | null;
  readonly showVanishing: boolean;
  readonly paneScale: number;
  readonly planes: { readonly zoom: number; readonly pans: Readonly<Record<Plane, Pair>> };
  readonly maximised: Plane | "solid" | null;
  readonly split: Pair;
  readonly showLost: boolean;
  readonly outlinePx: number;
  readonly camera: SolidCamera | null;
  readonly solidCut: "none" | "octant" | Plane;
  readonly colorBy: "region" | "label";
  /** Whether to use colours that came with the label file. */
  readonly fileColors: boolean;
  readonly lightbox: { readonly tiles: number; readonly shows: "selected" | "all" };
  readonly compare: {
    readonly kind: "scale" | "mode" | "definition" | "file";
    /** Index of the other scale. */
    readonly scale: number;
    readonly stripes: boolean;
    /** Name of the other definition or label file, which the view does not include. */
    readonly file: string | null;
  };
  readonly patch: { readonly origin: Triple; readonly size: Triple | null } | null;
  readonly pooling: PoolingRule | null;
  readonly rulers: readonly Ruler[];
  /** All regions of the case, in channel order. */
  readonly regions: readonly SavedRegion[];
  /** Topmost last. */
  readonly raised: readonly string[];
  readonly solo: string | null;
  /** Shown together with `solo`. */
  readonly soloMore: readonly string[];
  readonly selected: string | null;
  /** Selected in addition to `selected`. */
  readonly selectedMore: readonly string[];
}
