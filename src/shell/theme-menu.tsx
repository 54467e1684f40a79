/** Menu to choose the light, dark or system theme. Images keep a dark background in both themes. */
import { Select } from "@base-ui/react/select";
import { Monitor, Moon, Sun } from "lucide-react";
import { leaveToPage, SelectPopup } from "../ui/controls/select-field.tsx";
import { chooseTheme, useThemeChoice } from "../ui/theme/theme.ts";

const ICONS = { system: Monitor, light: Sun, dark: Moon } as const;

const CHOICES = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

export function ThemeMenu() {
  const choice = useThemeChoice();
  const Icon = ICONS[choice];
  return (
    <Select.Root items={CHOICES} value={choice} onValueChange={(next) => next && chooseTheme(next)}>
      <Select.Trigger className="icon-button" aria-label="Theme" title="Theme" onKeyDown={leaveToPage}>
        <Icon size={15} aria-hidden />
        <span className="visually-hidden">
          <Select.Value />
        </span>
      </Select.Trigger>
      <SelectPopup items={CHOICES} />
    </Select.Root>
  );
}
