/** The fields of a view that no other slice holds, as the table in `domain/view/fields.ts` has them. */
import { DEFAULT_FIELDS, DEFAULT_VIEW, type OwnFields, type ViewState } from "../../domain/view/fields.ts";

export type FieldsSlice = OwnFields & { readonly view: ViewState };

export const DEFAULTS: FieldsSlice = { ...DEFAULT_FIELDS, view: DEFAULT_VIEW };
