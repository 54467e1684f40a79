/** The fields of a view, taken out of the page's state and put into it. */
import {
  FIELD_LIST,
  type Field,
  type FieldKey,
  type LinkedView,
  type StateFields,
  type ViewState,
} from "../../domain/view/fields.ts";
import type { AppState } from "../app-state.ts";

/** Does not compile where no slice holds a field of the table. */
export function fieldsOf(s: AppState): StateFields & ViewState {
  return { ...s, ...s.view };
}

/** Those fields of a link or a file that a test of their rows chooses. */
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

/** What fields change of the state. @param view as it is */
export function changeBy(
  values: LinkedView,
  view: ViewState,
): Partial<StateFields> & { readonly view: ViewState } {
  return {
    ...chosenFields(values, (row) => row.in !== "view" && row.in !== "link"),
    view: { ...view, ...chosenFields(values, (row) => row.in === "view") },
  };
}
