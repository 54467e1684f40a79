/** Input for a whole number that commits on Enter or blur, so that a half-typed number has no effect. */
import { useDraft } from "../../ui/controls/use-draft.ts";

interface Props {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onCommit: (value: number) => void;
}

export function WholeNumber({ label, value, min, max, onCommit }: Props) {
  const valid = (text: string) => {
    const typed = Number(text);
    return text.trim() !== "" && Number.isInteger(typed) && typed >= min && typed <= max;
  };
  const { text, typed, field } = useDraft(
    String(value),
    // Discards text that is not a number in range.
    () => null,
    (draft) => {
      if (valid(draft) && Number(draft) !== value) onCommit(Number(draft));
    },
  );
  return (
    <input
      className="whole-number"
      type="number"
      inputMode="numeric"
      min={min}
      max={max}
      step={1}
      aria-label={label}
      aria-invalid={typed && !valid(text)}
      title={label}
      {...field}
    />
  );
}
