/** Sets fields of the view that need nothing else to change with them. */
import type { FreeFields } from "../../domain/view/fields.ts";
import { useStore } from "../store.ts";

export function setFields(change: Partial<FreeFields>): void {
  useStore.setState(change);
}
