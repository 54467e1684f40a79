/** Gives the keys back to the page when a field has been filled in. */
import type { KeyboardEvent } from "react";

/** The next key is the page's, or that of the popup that the field is in, which Escape then closes. */
export function leaveField(field: HTMLElement): void {
  const popup = field.closest<HTMLElement>(".popup");
  if (popup) popup.focus();
  else field.blur();
}

/** Leaves a field on Enter, so that the next key is a shortcut and not text; not while a word is composed. */
export function leaveOnEnter(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key === "Enter" && !event.nativeEvent.isComposing) leaveField(event.currentTarget);
}
