/**
 * Undo and redo in fields whose text takes effect on Enter or when they are left: while something is typed
 * they are the browser's, for that text; as soon as it took effect they are the page's, for the edit.
 */

/** What a field can leave to the page. */
export type GivenToPage = "undo" | "redo";

const GIVEN = "data-to-page";

/** Props of a field that leaves these to the page. */
export function toPage(...commands: readonly GivenToPage[]): { readonly [GIVEN]: string | undefined } {
  return { [GIVEN]: commands.length > 0 ? commands.join(" ") : undefined };
}

export function isGivenToPage(target: Element, command: GivenToPage): boolean {
  return target.getAttribute(GIVEN)?.split(" ").includes(command) ?? false;
}

/**
 * Ends the browser's history of a field's text: what was typed has taken effect, and is the page's to undo. A
 * browser drops that history when a script sets another text.
 */
export function forgetTyped(field: HTMLInputElement): void {
  const { value, selectionStart, selectionEnd, selectionDirection } = field;
  // A field for numbers refuses other text, and has no selection that scripts know of.
  field.value = value === "0" ? "1" : "0";
  field.value = value;
  if (selectionStart !== null && field === document.activeElement) {
    field.setSelectionRange(selectionStart, selectionEnd, selectionDirection ?? undefined);
  }
}

/**
 * Chrome keeps one history for all fields of a page: an undo in one that has nothing left to undo changes the
 * text of another and moves the focus there. Returns what ends the watch.
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

/** Whether a change of a field's text is the browser's undo, or its redo. */
export function historyStep(event: Event): GivenToPage | null {
  const type = event instanceof InputEvent ? event.inputType : "";
  return type === "historyUndo" ? "undo" : type === "historyRedo" ? "redo" : null;
}
