/** Input for a whole number that commits on Enter or blur, so that a half-typed number has no effect. */
import { useId, useRef } from "react";
import { Refusal } from "../../ui/controls/refusal.tsx";
import { useDraft } from "../../ui/controls/use-draft.ts";
import { rangeProblem, rangeText } from "../../ui/controls/whole-number.ts";

interface Props {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onCommit: (value: number) => void;
}

export function WholeNumber({ label, value, min, max, onCommit }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const refusalId = useId();
  const { refusal, field } = useDraft(
    String(value),
    (text) => rangeProblem(text, { min, max }),
    (draft) => {
      if (Number(draft) !== value) onCommit(Number(draft));
    },
  );
  return (
    <>
      <input
        ref={input}
        className="whole-number"
        type="number"
        inputMode="numeric"
        min={min}
        max={max}
        step={1}
        aria-label={label}
        aria-invalid={refusal !== null}
        aria-description={rangeText({ min, max })}
        aria-describedby={refusal === null ? undefined : refusalId}
        title={`${label}: ${min} to ${max}`}
        {...field}
      />
      {refusal === null ? null : <Refusal id={refusalId} field={input} sentence={refusal} />}
    </>
  );
}
