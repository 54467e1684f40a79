/** Reads the fields of a view from the page's state and applies them to it. */
import {
  FIELD_LIST,
  type Field,
  type FieldKey,
  type LinkedView,
  type StateFields,
  type ViewState,
} from "../../domain/view/fields.ts";
import type { AppState } from "../app-state.ts";

/** Fails to compile if no slice holds a field of the table. */
export function fieldsOf(s: AppState): StateFields & ViewState {
  return { ...s, ...s.view };
}

/** The fields of a link or file whose table rows pass a test. */
export function chosenFields(
  values: LinkedView,
  isChosen: (row: Field, key: FieldKey) => boolean,
): LinkedView {
  return Object.fromEntries(
    FIELD_LIST.filter(([key, row]) => values[key] !== undefined && isChosen(row, key)).map(([key]) => [
      key,
      values[key],
    ]),
  );
}

/**
 * The state changes that set these fields.
 * @param view the current one
 */
export function changeBy(
  values: LinkedView,
  view: ViewState,
): Partial<StateFields> & { readonly view: ViewState } {
  return {
    ...chosenFields(values, (row) => row.in !== "view" && row.in !== "link"),
    view: { ...view, ...chosenFields(values, (row) => row.in === "view") },
  };
}
