import { ChevronDown, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

interface Props {
  readonly open: boolean;
  readonly label?: string;
  readonly children?: ReactNode;
  readonly onToggle: () => void;
}

/** Folds a section and unfolds it. */
export function Fold({ open, label, children, onToggle }: Props) {
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <button
      type="button"
      className="fold"
      aria-expanded={open}
      aria-label={label}
      title={label}
      onClick={onToggle}
    >
      <Chevron size={14} aria-hidden />
      {children}
    </button>
  );
}
