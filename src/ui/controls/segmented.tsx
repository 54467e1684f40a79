/** A few exclusive choices side by side, made of native radio buttons so that arrow keys work. */
import { type ReactNode, useId } from "react";

interface Option<T extends string> {
  readonly value: T;
  /** Accessible name. */
  readonly name: string;
  readonly face: ReactNode;
  readonly disabled?: boolean;
}

interface Props<T extends string> {
  readonly label: string;
  readonly options: readonly Option<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

export function Segmented<T extends string>({ label, options, value, onChange }: Props<T>) {
  const group = useId();
  return (
    <div className="segmented" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value} title={option.name} data-on={option.value === value || undefined}>
          <input
            type="radio"
            name={group}
            aria-label={option.name}
            checked={option.value === value}
            disabled={option.disabled ?? false}
            onChange={() => onChange(option.value)}
          />
          <span>{option.face}</span>
        </label>
      ))}
    </div>
  );
}
