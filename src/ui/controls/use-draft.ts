import { type ChangeEvent, type FocusEvent, type KeyboardEvent, useState } from "react";
import { afterPress } from "./presses.ts";
import { forgetTyped, historyStep, toPage } from "./text-history.ts";

interface Draft {
  /** What the field shows: what is typed, else the value. */
  readonly text: string;
  /** Something is typed that has not taken effect. */
  readonly typed: boolean;
  /** Why it could not, until it is changed. */
  readonly refusal: string | null;
  /** Props of the input. */
  readonly field: {
    readonly value: string;
    readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void;
    readonly onBlur: (event: FocusEvent<HTMLInputElement>) => void;
    readonly onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
  } & ReturnType<typeof toPage>;
}

/**
 * The text of a field that takes effect on Enter or when the field is left; Escape goes back. What is refused
 * stays. Only what was typed since the last of these takes effect, and only that is the browser's to undo
 * (`text-history.ts`).
 * @param problem why this text cannot be taken, as one sentence; null if it can
 */
export function useDraft(
  value: string,
  problem: (text: string) => string | null,
  onCommit: (text: string) => void,
): Draft {
  const [draft, setDraft] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  /** All that was typed is undone, and can be done again. */
  const [undone, setUndone] = useState(false);

  const settle = () => {
    setDraft(null);
    setRefusal(null);
    setUndone(false);
  };
  const commit = (input: HTMLInputElement) => {
    if (draft !== null && draft !== value) {
      const why = problem(draft);
      if (why !== null) return setRefusal(why);
      onCommit(draft);
    }
    settle();
    forgetTyped(input);
  };
  return {
    text: draft ?? value,
    typed: draft !== null,
    refusal,
    field: {
      value: draft ?? value,
      onChange: ({ target, nativeEvent }) => {
        const step = historyStep(nativeEvent);
        const isBack = target.value === value;
        setDraft(isBack ? null : target.value);
        setUndone(isBack && step !== null);
        setRefusal(null);
      },
      // Left by a press elsewhere, it takes effect on the release: nothing moves under the pointer in
      // between.
      onBlur: ({ currentTarget }) => afterPress(() => commit(currentTarget)),
      onKeyDown: (event) => {
        if (event.key === "Enter") {
          event.preventDefault();
          commit(event.currentTarget);
        } else if (event.key === "Escape" && draft !== null) {
          event.stopPropagation();
          settle();
        } else if (event.key === "Escape") {
          event.currentTarget.blur();
        }
      },
      ...(draft !== null ? toPage() : undone ? toPage("undo") : toPage("undo", "redo")),
    },
  };
}
