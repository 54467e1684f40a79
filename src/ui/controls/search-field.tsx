/** Field that searches a list. Escape clears it, and then gives the focus back; Enter leaves it. */
import { Search } from "lucide-react";
import { type KeyboardEventHandler, useRef } from "react";
import { type Command, keyOf } from "../keys.ts";
import { leaveOnEnter } from "./leave-field.ts";

interface Props {
  readonly label: string;
  readonly placeholder?: string;
  readonly value: string;
  readonly onChange: (search: string) => void;
  readonly onKeyDown?: KeyboardEventHandler;
  readonly className?: string;
  /** What focuses the field: its key is shown while the field is empty. */
  readonly command?: Command;
}

export function SearchField({
  label,
  placeholder = "Search",
  value,
  onChange,
  onKeyDown,
  className = "",
  command,
}: Props) {
  /** What had the focus before the field. */
  const before = useRef<EventTarget | null>(null);
  const key = command && keyOf(command);
  return (
    <label className={`search ${className}`} title={key && `${label} (${key})`}>
      <Search size={14} aria-hidden />
      <input
        type="search"
        placeholder={placeholder}
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onFocus={(event) => {
          before.current = event.relatedTarget;
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape" && !event.nativeEvent.isComposing) {
            event.preventDefault();
            if (value) onChange("");
            else leave(event.currentTarget, before.current);
            return;
          }
          onKeyDown?.(event);
          if (!event.defaultPrevented) leaveOnEnter(event);
        }}
      />
      {key ? (
        <span className="search-key" aria-hidden="true">
          <kbd>{key}</kbd>
        </span>
      ) : null}
    </label>
  );
}

/** Returns the focus to where it was, if that is still there. */
function leave(field: HTMLElement, before: EventTarget | null): void {
  field.blur();
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
}
