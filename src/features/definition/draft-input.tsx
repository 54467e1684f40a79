/** Text field that commits on Enter or when it loses the focus; Escape restores the old value. */
import type { Ref } from "react";
import { useDraft } from "../../ui/controls/use-draft.ts";

interface Props {
  readonly label: string;
  readonly value: string;
  /** Returns why this text is refused, as one sentence; null if it is valid. */
  readonly problem: (text: string) => string | null;
  readonly onCommit: (text: string) => void;
  readonly id?: string;
  readonly className?: string;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly numeric?: boolean;
  /** What the field takes, for screen readers. */
  readonly description?: string;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** Keeps a refused text and shows the reason. */
export function DraftInput({ label, value, problem, onCommit, inputRef, ...rest }: Props) {
  const { id, className = "", placeholder, disabled = false, numeric = false, description } = rest;
  const { field, ofDefinition, refusal } = useDraft(value, problem, onCommit);
  const refusalId = `${id ?? label.replaceAll(" ", "-")}-refusal`;

  return (
    <>
      <input
        ref={inputRef}
        id={id}
        className={`field ${className}`}
        aria-label={label}
        aria-invalid={refusal !== null}
        aria-description={description}
        aria-describedby={refusal === null ? undefined : refusalId}
        inputMode={numeric ? "numeric" : undefined}
        spellCheck={false}
        autoComplete="off"
        placeholder={placeholder}
        disabled={disabled}
        {...field}
        {...ofDefinition}
      />
      {refusal === null ? null : (
        <p className="refusal" id={refusalId} role="alert">
          {refusal}
        </p>
      )}
    </>
  );
}

/** Problem of a field that takes a whole number; `empty` also allows no text. */
export function wholeNumberProblem(text: string, empty = false): string | null {
  if (empty && text.trim() === "") return null;
  return /^-?\d{1,15}$/.test(text.trim()) ? null : "Enter a whole number.";
}
