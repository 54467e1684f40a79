import type { LucideIcon } from "lucide-react";
import type { MouseEvent } from "react";

interface Props {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly onClick: (event: MouseEvent) => void;
  /** For toggles. */
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly tabIndex?: number;
  readonly className?: string;
}

/** A small button with an icon alone; its name is its label, shown as a tooltip too. */
export function IconButton({ icon: Icon, label, onClick, pressed, disabled, tabIndex, className }: Props) {
  return (
    <button
      type="button"
      className={`icon-button ${className ?? ""}`}
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      disabled={disabled}
      tabIndex={tabIndex}
      onClick={(event) => {
        event.stopPropagation();
        onClick(event);
      }}
    >
      <Icon size={15} aria-hidden />
    </button>
  );
}
