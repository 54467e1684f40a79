/** Bars of 1 − Dice on a logarithmic scale: the longer, the more two things differ. And their heading. */
import { differenceBar } from "../../domain/analysis/overlap-counts.ts";
import "./dice-bar.css";

export function DiceBar({ dice }: { readonly dice: number }) {
  return (
    <span className="dice-bar" aria-hidden>
      <i style={{ width: `${100 * differenceBar(dice)}%` }} />
    </span>
  );
}

interface AxisProps {
  /** What differs: "A and B". */
  readonly sides: string;
}

export function DiceAxis({ sides }: AxisProps) {
  return (
    <span
      className="dice-axis"
      title={`Bars show 1 − Dice on a logarithmic scale: the longer, the more ${sides} differ`}
    >
      <span>1 − Dice, log scale</span>
      <span className="dice-ticks">
        <i>0.0001</i>
        <i>0.01</i>
        <i>1</i>
      </span>
    </span>
  );
}
