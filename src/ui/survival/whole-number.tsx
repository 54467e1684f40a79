import { type KeyboardEvent, useState } from "react";

interface Props {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onCommit: (value: number) => void;
}

/** A whole number that counts when Enter is pressed or the field is left, so that half a number asks for nothing. */
export function WholeNumber({ label, value, min, max, onCommit }: Props) {
  const [draft, setDraft] = useState<string | null>(null);
  const typed = draft === null ? value : Number(draft);
  const valid =
    draft === null || (draft.trim() !== "" && Number.isInteger(typed) && typed >= min && typed <= max);
  const commit = () => {
    setDraft(null);
    if (valid && typed !== value) onCommit(typed);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") commit();
    if (event.key === "Escape") setDraft(null);
  };
  return (
    <input
      className="whole-number"
      type="number"
      inputMode="numeric"
      min={min}
      max={max}
      step={1}
      aria-label={label}
      aria-invalid={!valid}
      title={label}
      value={draft ?? value}
      onChange={(event) => setDraft(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={commit}
    />
  );
}
