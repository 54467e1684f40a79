/** Input for a whole number of a range, with the reason beside it while its text is refused. */
import { type ComponentProps, useId, useRef } from "react";
import { Refusal } from "./refusal.tsx";
import { type Range, rangeText } from "./whole-number.ts";

interface Props
  extends Pick<
    ComponentProps<"input">,
    "id" | "className" | "title" | "value" | "onChange" | "onBlur" | "onKeyDown"
  > {
  /** Without a label of the page. */
  readonly label?: string | undefined;
  readonly range: Range;
  readonly refusal: string | null;
}

export function RangeInput({ label, range, refusal, ...rest }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const refusalId = useId();
  return (
    <>
      <input
        ref={input}
        type="number"
        inputMode="numeric"
        min={range.min}
        max={range.max}
        step={1}
        aria-label={label}
        aria-invalid={refusal !== null}
        aria-description={rangeText(range)}
        aria-describedby={refusal === null ? undefined : refusalId}
        {...rest}
      />
      {refusal === null ? null : <Refusal id={refusalId} field={input} sentence={refusal} />}
    </>
  );
}
