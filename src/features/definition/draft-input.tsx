import type { Ref } from "react";
import { useDraft } from "../../ui/controls/use-draft.ts";

interface Props {
  readonly label: string;
  readonly value: string;
  /** Why this text cannot be taken, as one sentence; null if it can. */
  readonly problem: (text: string) => string | null;
  readonly onCommit: (text: string) => void;
  readonly id?: string;
  readonly className?: string;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly numeric?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/**
 * A field whose text takes effect on Enter or when it is left; Escape goes back. What is refused stays, with
 * the reason.
 */
export function DraftInput({ label, value, problem, onCommit, inputRef, ...rest }: Props) {
  const { id, className = "", placeholder, disabled = false, numeric = false } = rest;
  const { field, refusal } = useDraft(value, problem, onCommit);
  const refusalId = `${id ?? label.replaceAll(" ", "-")}-refusal`;

  return (
    <>
      <input
        ref={inputRef}
        id={id}
        className={`field ${className}`}
        aria-label={label}
        aria-invalid={refusal !== null}
        aria-describedby={refusal === null ? undefined : refusalId}
        inputMode={numeric ? "numeric" : undefined}
        spellCheck={false}
        autoComplete="off"
        placeholder={placeholder}
        disabled={disabled}
        {...field}
      />
      {refusal === null ? null : (
        <p className="refusal" id={refusalId} role="alert">
          {refusal}
        </p>
      )}
    </>
  );
}

/** For fields that take a whole number, or nothing where `empty` is allowed. */
export function wholeNumberProblem(text: string, empty = false): string | null {
  if (empty && text.trim() === "") return null;
  return /^-?\d{1,15}$/.test(text.trim()) ? null : "Type a whole number.";
}
