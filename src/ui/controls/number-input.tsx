/** Input for a whole number that takes effect while it is typed; one out of range is refused in place. */
import { useState } from "react";
import { leaveOnEnter } from "./leave-field.ts";
import { RangeInput } from "./range-input.tsx";
import { rangeProblem } from "./whole-number.ts";

interface Props {
  readonly id?: string;
  /** Without a label of the page. */
  readonly label?: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

/** Keeps a refused text while the field has the focus, and then drops it. */
export function NumberInput({ id, label, value, min, max, onChange }: Props) {
  const [draft, setDraft] = useState<string | null>(null);
  const range = { min, max };
  const why = draft === null ? null : rangeProblem(draft, range);
  const change = (text: string) => {
    const isValid = rangeProblem(text, range) === null;
    setDraft(isValid ? null : text);
    if (isValid) onChange(Number(text));
  };
  return (
    <RangeInput
      id={id}
      label={label}
      range={range}
      refusal={why}
      value={draft ?? value}
      onChange={(event) => change(event.target.value)}
      onBlur={() => setDraft(null)}
      onKeyDown={(event) => why === null && leaveOnEnter(event)}
    />
  );
}
