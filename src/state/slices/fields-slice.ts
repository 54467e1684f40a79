/** View fields that no other slice holds, from the table in `domain/view/fields.ts`. */
import { DEFAULT_FIELDS, DEFAULT_VIEW, type OwnFields, type ViewState } from "../../domain/view/fields.ts";

export type FieldsSlice = OwnFields & { readonly view: ViewState };

const { styles, frontRegions, compareKind, camera, planes, lightboxShift } = DEFAULT_FIELDS;

/** Reset when a case of another dataset opens. */
export const PER_DATASET = { styles, frontRegions, compareKind } as const;

/** Reset when another case opens, unless it is of the same dataset and on the same grid. */
export const PER_GRID = { camera, planes, lightboxShift } as const;

export const DEFAULTS: FieldsSlice = { ...DEFAULT_FIELDS, view: DEFAULT_VIEW };
