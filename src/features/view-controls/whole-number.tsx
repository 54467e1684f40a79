/** Input for a whole number that commits on Enter or blur, so that a half-typed number has no effect. */
import { RangeInput } from "../../ui/controls/range-input.tsx";
import { useDraft } from "../../ui/controls/use-draft.ts";
import { rangeProblem } from "../../ui/controls/whole-number.ts";

interface Props {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onCommit: (value: number) => void;
}

export function WholeNumber({ label, value, min, max, onCommit }: Props) {
  const range = { min, max };
  const { refusal, field } = useDraft(
    String(value),
    (text) => rangeProblem(text, range),
    (draft) => {
      if (Number(draft) !== value) onCommit(Number(draft));
    },
  );
  return (
    <RangeInput
      className="whole-number"
      label={label}
      range={range}
      refusal={refusal}
      title={`${label}: ${min} to ${max}`}
      {...field}
    />
  );
}
