/**
 * Hook for a text field that takes effect on Enter or blur and reverts on Escape. Enter also leaves the
 * field, so that the next key is the page's: a shortcut typed into the field would be another edit.
 */
import {
  type ChangeEvent,
  type FocusEvent,
  type KeyboardEvent,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { leaveField } from "./leave-field.ts";
import { afterPress } from "./presses.ts";
import { forgetTyped, historyStep, toPage } from "./text-history.ts";

interface Draft {
  /** Text in the field: the typed text if any, otherwise the value. */
  readonly text: string;
  /** True if text has been typed that has not taken effect. */
  readonly typed: boolean;
  /** Why the text was refused, until it changes. */
  readonly refusal: string | null;
  /** Drops typed text. */
  readonly revert: () => void;
  /** Props for a field of the definition, which leaves undo and redo to the page unless text was typed. */
  readonly ofDefinition: ReturnType<typeof toPage>;
  /** Props of the input. */
  readonly field: {
    readonly value: string;
    readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void;
    readonly onBlur: (event: FocusEvent<HTMLInputElement>) => void;
    readonly onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
  };
}

/**
 * Refused text stays in the field. Only text typed since the last commit or revert takes effect, and only
 * that is the browser's to undo (`text-history.ts`).
 * @param problem returns why a text is refused, as one sentence; null if it is valid
 */
export function useDraft(
  value: string,
  problem: (text: string) => string | null,
  onCommit: (text: string) => void,
): Draft {
  const [draft, setDraft] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  /** True if all typing was undone and can be redone. */
  const [undone, setUndone] = useState(false);

  /** What is typed now: a blur after Enter comes before the next render, and must not commit again. */
  const typed = useRef<string | null>(null);

  const settle = () => {
    typed.current = null;
    setDraft(null);
    setRefusal(null);
    setUndone(false);
  };
  /** Returns false if the text was refused. */
  const commit = (input: HTMLInputElement): boolean => {
    const text = typed.current;
    if (text !== null && text !== value) {
      const why = problem(text);
      if (why !== null) {
        setRefusal(why);
        return false;
      }
      typed.current = null;
      onCommit(text);
    }
    settle();
    forgetTyped(input);
    return true;
  };
  const latest = useRef(commit);
  useLayoutEffect(() => {
    latest.current = commit;
  });
  return {
    text: draft ?? value,
    typed: draft !== null,
    refusal,
    revert: settle,
    ofDefinition: draft !== null ? toPage() : undone ? toPage("undo") : toPage("undo", "redo"),
    field: {
      value: draft ?? value,
      onChange: ({ target, nativeEvent }) => {
        const step = historyStep(nativeEvent);
        const isBack = target.value === value;
        typed.current = isBack ? null : target.value;
        setDraft(typed.current);
        setUndone(isBack && step !== null);
        setRefusal(null);
      },
      // If a press elsewhere takes the focus, commits on release, so that nothing moves under the pointer in
      // between, and only what is then still typed.
      onBlur: ({ currentTarget }) =>
        afterPress(() => {
          latest.current(currentTarget);
        }),
      onKeyDown: (event) => {
        // Enter and Escape are the input method's while a word is composed.
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Enter") {
          event.preventDefault();
          if (commit(event.currentTarget)) leaveField(event.currentTarget);
        } else if (event.key === "Escape" && draft !== null) {
          event.stopPropagation();
          settle();
        } else if (event.key === "Escape") {
          event.currentTarget.blur();
        }
      },
    },
  };
}
