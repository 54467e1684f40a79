/** A small button that shows only an icon; its label is its accessible name and tooltip. */
import type { LucideIcon } from "lucide-react";
import type { MouseEvent } from "react";

interface Props {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly onClick: (event: MouseEvent) => void;
  /** Only for toggles. */
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly tabIndex?: number;
  readonly className?: string;
}

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
