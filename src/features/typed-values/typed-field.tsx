/**
 * Text field for a value of the view. It lies over the value that the page shows, and appears when it has the
 * focus, so that typing moves nothing. Enter applies the text and gives the keys back to the page, or to the
 * popup that the field is in.
 */
import { type KeyboardEvent, useId, useLayoutEffect, useRef } from "react";
import type { Typed } from "../../domain/view/typed-values.ts";
import { Refusal } from "../../ui/controls/refusal.tsx";
import { useDraft } from "../../ui/controls/use-draft.ts";
import "./typed-values.css";

interface Props<T> {
  readonly id?: string;
  readonly label: string;
  readonly value: string;
  readonly read: (text: string) => Typed<T>;
  readonly onValue: (value: T) => void;
  /** Steps the value with the up and down arrows. */
  readonly onStep?: (by: 1 | -1) => void;
  readonly title?: string;
  readonly className?: string;
}

export function TypedField<T>({ label, value, read, onValue, ...rest }: Props<T>) {
  const { id, onStep, title, className = "" } = rest;
  const input = useRef<HTMLInputElement>(null);
  const refusalId = useId();
  /** True from the focus to the first click, which then selects the text, as Tab does. */
  const isFresh = useRef(false);
  const problem = (text: string) => {
    const typed = read(text);
    return "refusal" in typed ? typed.refusal : null;
  };
  const { refusal, revert, field } = useDraft(value, problem, (draft) => {
    const typed = read(draft);
    if ("value" in typed) onValue(typed.value);
  });
  // A press on a picture, for example, moves the crosshair: what was typed, or refused, is then void.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another value makes the text void
  useLayoutEffect(revert, [value]);

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    field.onKeyDown(event);
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!onStep || (step !== 1 && step !== -1) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onStep(step);
  };
  return (
    <>
      <input
        ref={input}
        id={id}
        className={`typed-input ${className}`}
        aria-label={label}
        aria-invalid={refusal !== null}
        aria-describedby={refusal === null ? undefined : refusalId}
        title={title}
        spellCheck={false}
        autoComplete="off"
        {...field}
        onKeyDown={onKeyDown}
        onFocus={({ currentTarget }) => {
          isFresh.current = true;
          currentTarget.select();
        }}
        onClick={({ currentTarget }) => {
          if (isFresh.current) currentTarget.select();
          isFresh.current = false;
        }}
      />
      {refusal === null ? null : <Refusal id={refusalId} field={input} sentence={refusal} />}
    </>
  );
}
