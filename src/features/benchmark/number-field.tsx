import { useState } from "react";

interface Props {
  readonly label: string;
  readonly unit?: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

/**
 * A whole number. What is typed is kept while it is no number in range, and given up when the field is left.
 */
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
