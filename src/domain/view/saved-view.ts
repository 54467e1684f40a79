/** Defines a view as saved in a file: its fields, plus the case and regions that it refers to. */
import type { Triple } from "../geometry/grid.ts";
import type { Reader } from "../reader/reader.ts";
import type { Field, FieldKey, FileFields } from "./fields.ts";
import type { RegionStyle } from "./view-values.ts";

export const VIEW_SCHEMA = "regionscope.view/1";

interface SavedRegion extends RegionStyle {
  readonly name: string;
  /** `#rrggbb` as displayed. */
  readonly color: string;
  readonly hidden: boolean;
}

export type SavedView = FileFields & {
  readonly schema: typeof VIEW_SCHEMA;
  readonly case: {
    readonly name: string;
    /** z, y, x after the plans' transpose. */
    readonly shape: Triple;
    /** Twelve numbers that map an array position to RAS mm. */
    readonly toWorld: readonly number[];
  };
  readonly configuration: string | null;
  /** The reader that placed the case; null if the case came from no file, and in older views. */
  readonly reader: Reader | null;
  readonly compare: {
    /** Name of the other definition or label file, which the view does not hold. */
    readonly file: string | null;
  };
  readonly patch: { readonly origin: Triple; readonly size: Triple | null } | null;
  /** All regions of the case, in channel order. */
  readonly regions: readonly SavedRegion[];
};

/** Group (null for the top level) and name of a field in a file; null if files do not have it. */
export function placeInFile(key: FieldKey, row: Field): readonly [string | null, string] | null {
  if (row.file === null) return null;
  const [group, name] = (row.file ?? (row.in === "view" ? `view.${key}` : key)).split(".");
  return name === undefined ? [null, group ?? key] : [group ?? null, name];
}
