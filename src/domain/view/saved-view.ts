/** A view as it is kept in a file: what an address holds, and which case and regions it was about. */
import type { SolidCamera } from "../geometry/camera.ts";
import type { Convention, Plane, Triple } from "../geometry/grid.ts";
import type { Ruler } from "../geometry/ruler.ts";
import type { Reader } from "../reader/reader.ts";
import type { SamplingMode, Trainer } from "../targets/deep-supervision.ts";
import type { PoolingRule } from "../targets/pooling.ts";

export const VIEW_SCHEMA = "regionscope.view/1";

/**
 * What the Lightbox and Compare show until somebody chooses; addresses do not mention it, and older files do
 * not have it.
 */
export const USUAL_LIGHTBOX = { tiles: 24, shows: "selected" } as const;
export const USUAL_COMPARE = { kind: "scale", scale: 1, stripes: true } as const;

type Pair = readonly [number, number];

interface SavedRegion {
  readonly name: string;
  /** `#rrggbb` as it was shown. */
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
    /** Twelve numbers: RAS mm of an array position. */
    readonly toWorld: readonly number[];
  };
  readonly centre: "grid" | "planes" | "lightbox" | "compare" | "round-trip" | "relations" | "survival";
  readonly mode: SamplingMode;
  readonly configuration: string | null;
  readonly trainer: Trainer;
  /** By which the case was placed; null where it came from no file, and in older views. */
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
  /** Whether colours that came with the label file are used. */
  readonly fileColors: boolean;
  readonly lightbox: { readonly tiles: number; readonly shows: "selected" | "all" };
  readonly compare: {
    readonly kind: "scale" | "mode" | "definition" | "file";
    /** Index of the other scale. */
    readonly scale: number;
    readonly stripes: boolean;
    /** Name of the other definition or label file, which the view does not hold. */
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
  /** Shown alone beside `solo`. */
  readonly soloMore: readonly string[];
  readonly selected: string | null;
  /** Selected beside `selected`. */
  readonly selectedMore: readonly string[];
}
