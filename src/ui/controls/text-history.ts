/**
 * Undo and redo in fields whose text takes effect on Enter or blur. While text is being typed they belong to
 * the browser, for that text; once it has taken effect they belong to the page, for the edit.
 */

/** Commands that a field can leave to the page. */
export type GivenToPage = "undo" | "redo";

const GIVEN = "data-to-page";

/** Returns props for a field that leaves these commands to the page. */
export function toPage(...commands: readonly GivenToPage[]): { readonly [GIVEN]: string | undefined } {
  return { [GIVEN]: commands.length > 0 ? commands.join(" ") : undefined };
}

export function isGivenToPage(target: Element, command: GivenToPage): boolean {
  return target.getAttribute(GIVEN)?.split(" ").includes(command) ?? false;
}

/**
 * Clears the browser's history of a field's text once it has taken effect and is the page's to undo. Browsers
 * drop that history when a script sets a different text.
 */
export function forgetTyped(field: HTMLInputElement): void {
  const { value, selectionStart, selectionEnd, selectionDirection } = field;
  // Number fields reject other text, and scripts cannot access their selection.
  field.value = value === "0" ? "1" : "0";
  field.value = value;
  if (selectionStart !== null && field === document.activeElement) {
    field.setSelectionRange(selectionStart, selectionEnd, selectionDirection ?? undefined);
  }
}

/**
 * Chrome keeps one undo history for all fields of a page: undo in a field with nothing left to undo changes
 * another field's text and moves the focus there. Returns a function that stops preventing this.
 */
export function keepHistoryInField(): () => void {
  const onBeforeInput = (event: InputEvent) => {
    if (event.inputType.startsWith("history") && event.target !== document.activeElement) {
      event.preventDefault();
    }
  };
  document.addEventListener("beforeinput", onBeforeInput, true);
  return () => document.removeEventListener("beforeinput", onBeforeInput, true);
}

/** Tells whether a change of a field's text is the browser's undo or redo. */
export function historyStep(event: Event): GivenToPage | null {
  const type = event instanceof InputEvent ? event.inputType : "";
  return type === "historyUndo" ? "undo" : type === "historyRedo" ? "redo" : null;
}
