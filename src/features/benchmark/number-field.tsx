/** Field for a whole number. */
import { useState } from "react";

interface Props {
  readonly label: string;
  readonly unit?: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

/** Keeps text that is not a number in range while typing, and drops it when the field loses the focus. */
export function NumberField({ label, unit, value, min, max, onChange }: Props) {
  const [draft, setDraft] = useState<string | null>(null);
  const change = (text: string) => {
    const typed = Number(text);
    const valid = text !== "" && Number.isInteger(typed) && typed >= min && typed <= max;
    setDraft(valid ? null : text);
    if (valid) onChange(typed);
  };
  return (
    <label className="timing-field" data-invalid={draft !== null || undefined}>
      <span>{label}</span>
      <input
        type="number"
        inputMode="numeric"
        min={min}
        max={max}
        step={1}
        aria-invalid={draft !== null}
        value={draft ?? value}
        onChange={(event) => change(event.target.value)}
        onBlur={() => setDraft(null)}
      />
      {unit ? <small>{unit}</small> : null}
    </label>
  );
}
