/** Input for a whole number that takes effect while it is typed; one out of range is refused in place. */
import { useId, useRef, useState } from "react";
import { leaveOnEnter } from "./leave-field.ts";
import { Refusal } from "./refusal.tsx";
import { rangeProblem, rangeText } from "./whole-number.ts";

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
  const input = useRef<HTMLInputElement>(null);
  const refusalId = useId();
  const why = draft === null ? null : rangeProblem(draft, { min, max });
  const change = (text: string) => {
    const isValid = rangeProblem(text, { min, max }) === null;
    setDraft(isValid ? null : text);
    if (isValid) onChange(Number(text));
  };
  return (
    <>
      <input
        ref={input}
        id={id}
        type="number"
        inputMode="numeric"
        min={min}
        max={max}
        step={1}
        aria-label={label}
        aria-invalid={why !== null}
        aria-description={rangeText({ min, max })}
        aria-describedby={why === null ? undefined : refusalId}
        value={draft ?? value}
        onChange={(event) => change(event.target.value)}
        onBlur={() => setDraft(null)}
        onKeyDown={(event) => why === null && leaveOnEnter(event)}
      />
      {why === null ? null : <Refusal id={refusalId} field={input} sentence={why} />}
    </>
  );
}
