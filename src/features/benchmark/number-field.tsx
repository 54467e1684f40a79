/** Field for a whole number, with its unit. */
import { useId } from "react";
import { NumberInput } from "../../ui/controls/number-input.tsx";

interface Props {
  readonly label: string;
  readonly unit?: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

export function NumberField({ label, unit, ...number }: Props) {
  const id = useId();
  return (
    <label className="timing-field" htmlFor={id}>
      <span>{label}</span>
      <NumberInput id={id} {...number} />
      {unit ? <small>{unit}</small> : null}
    </label>
  );
}
