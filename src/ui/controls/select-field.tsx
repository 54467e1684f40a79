/** Select field with a popup list; shows its value and has its label as accessible name. */
import { Select } from "@base-ui/react/select";
import { Check, ChevronDown } from "lucide-react";
import { useId } from "react";

interface Item<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly hint?: string;
}

interface Props<T extends string> {
  readonly label: string;
  readonly items: readonly Item<T>[];
  readonly value: T | null;
  readonly placeholder?: string;
  /** Class of the button; defaults to "button select". */
  readonly className?: string;
  /** Defaults to the label. */
  readonly title?: string;
  readonly disabled?: boolean;
  /** Explains the current value; screen readers read it after the name. */
  readonly description?: string | undefined;
  readonly onChange: (value: T) => void;
}

export function SelectField<T extends string>(props: Props<T>) {
  const { label, items, value, placeholder, description, onChange } = props;
  const { className = "button select", title = label, disabled = false } = props;
  const describedBy = useId();
  return (
    <Select.Root
      items={items}
      value={value}
      disabled={disabled}
      onValueChange={(next) => next !== null && onChange(next)}
    >
      <Select.Trigger
        className={className}
        aria-label={label}
        aria-describedby={description ? describedBy : undefined}
        title={title}
        onKeyDown={leaveToPage}
      >
        <span className="select-value" data-widest={widestOf(items)}>
          <Select.Value placeholder={placeholder} />
        </span>
        <Select.Icon className="chevron">
          <ChevronDown size={14} aria-hidden />
        </Select.Icon>
      </Select.Trigger>
      {description ? (
        <span id={describedBy} className="visually-hidden">
          {description}
        </span>
      ) : null}
      <SelectPopup items={items} />
    </Select.Root>
  );
}

/** The field has room for it, so that another choice moves nothing. */
function widestOf(items: readonly Item<string>[]): string {
  return items.reduce((widest, { label }) => (label.length > widest.length ? label : widest), "");
}

interface KeyPress {
  readonly key: string;
  preventBaseUIHandler(): void;
}

/** Leaves letters to the page's shortcuts; a closed select would use them to choose a matching item. */
export function leaveToPage(event: KeyPress): void {
  if (event.key.length === 1 && event.key !== " ") event.preventBaseUIHandler();
}

/** The list that a select opens. */
export function SelectPopup({ items }: { readonly items: readonly Item<string>[] }) {
  return (
    <Select.Portal>
      <Select.Positioner
        className="popup-positioner"
        sideOffset={5}
        alignItemWithTrigger={false}
        align="start"
      >
        <Select.Popup className="popup menu">
          <Select.List>
            {items.map((item) => (
              <Select.Item key={item.value} value={item.value} className="menu-item with-check">
                <Select.ItemIndicator className="check" keepMounted>
                  <Check size={14} aria-hidden />
                </Select.ItemIndicator>
                <span>
                  <Select.ItemText>{item.label}</Select.ItemText>
                  {item.hint ? <small>{item.hint}</small> : null}
                </span>
              </Select.Item>
            ))}
          </Select.List>
        </Select.Popup>
      </Select.Positioner>
    </Select.Portal>
  );
}
