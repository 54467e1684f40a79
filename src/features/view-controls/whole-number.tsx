import { useDraft } from "../../ui/controls/use-draft.ts";

interface Props {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onCommit: (value: number) => void;
}

/**
 * A whole number that counts when Enter is pressed or the field is left, so that half a number asks for
 * nothing.
 */
export function WholeNumber({ label, value, min, max, onCommit }: Props) {
  const valid = (text: string) => {
    const typed = Number(text);
    return text.trim() !== "" && Number.isInteger(typed) && typed >= min && typed <= max;
  };
  const { text, typed, field } = useDraft(
    String(value),
    // What is no number in range is given up, not kept.
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
