/** Field that searches a list, with a magnifying glass before it. */
import { Search } from "lucide-react";
import type { KeyboardEventHandler } from "react";

interface Props {
  readonly label: string;
  readonly placeholder?: string;
  readonly value: string;
  readonly onChange: (search: string) => void;
  readonly onKeyDown?: KeyboardEventHandler;
  readonly className?: string;
}

export function SearchField({
  label,
  placeholder = "Search",
  value,
  onChange,
  onKeyDown,
  className = "",
}: Props) {
  return (
    <label className={`search ${className}`}>
      <Search size={14} aria-hidden />
      <input
        type="search"
        placeholder={placeholder}
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
    </label>
  );
}
