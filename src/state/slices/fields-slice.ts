/** View fields that no other slice holds, from the table in `domain/view/fields.ts`. */
import { DEFAULT_FIELDS, DEFAULT_VIEW, type OwnFields, type ViewState } from "../../domain/view/fields.ts";

export type FieldsSlice = OwnFields & { readonly view: ViewState };

export const DEFAULTS: FieldsSlice = { ...DEFAULT_FIELDS, view: DEFAULT_VIEW };
