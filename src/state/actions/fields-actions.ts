/** Action that sets view fields with no side effects on other state. */
import type { FreeFields } from "../../domain/view/fields.ts";
import { useStore } from "../store.ts";

export function setFields(change: Partial<FreeFields>): void {
  useStore.setState(change);
}
