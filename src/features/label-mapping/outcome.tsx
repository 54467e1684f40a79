/** Icon and text for what becomes of a label. */
import { Check, CircleOff, EyeOff, type LucideIcon, Merge, OctagonX } from "lucide-react";
import type { MappingOutcome } from "../../domain/dataset/label-mapping.ts";
import { OUTCOME_TEXT } from "./text.ts";

const SHAPES: Readonly<Record<MappingOutcome, LucideIcon>> = {
  same: Check,
  wrong: OctagonX,
  merged: Merge,
  lost: CircleOff,
  ignored: EyeOff,
};

export function Outcome({ outcome }: { readonly outcome: MappingOutcome }) {
  const Shape = SHAPES[outcome];
  return (
    <span className="outcome" data-outcome={outcome}>
      <Shape size={14} aria-hidden />
      {OUTCOME_TEXT[outcome]}
    </span>
  );
}
