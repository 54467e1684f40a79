/** Tests the table of keyboard shortcuts. */
import { parseKeybinding } from "tinykeys";
import { describe, expect, test } from "vitest";
import { VIEWS } from "../state/view/views.ts";
import {
  type Command,
  capsOf,
  commandsIn,
  KEY_GROUPS,
  KEYS,
  keyOf,
  PAGE_COMMANDS,
  printed,
  type Scope,
} from "./keys.ts";

const entries = KEY_GROUPS.flatMap((group) => group.entries);
const scopes = [...new Set(KEY_GROUPS.flatMap(({ scope }): Scope[] => (scope ? [scope] : [])))];
const commands = entries.flatMap(({ keys }) => Object.keys(keys ?? {}));
const bound = entries.flatMap(({ keys }) => Object.values(keys ?? {}).flat());

describe("the table of keys", () => {
  test("binds no key twice on the page or in one scope, however it is written", () => {
    for (const commands of [PAGE_COMMANDS, ...scopes.map((scope) => commandsIn(scope))]) {
      const forms = commands.flatMap((command) => KEYS[command]).map((key) => printed(key, false));
      expect(forms.length).toBeGreaterThan(0);
      expect(forms.filter((form, i) => forms.indexOf(form) !== i)).toEqual([]);
    }
  });

  test("has every command on the page or in one scope", () => {
    const all = [...PAGE_COMMANDS, ...scopes.flatMap((scope) => commandsIn(scope))];
    expect(all.sort()).toEqual([...commands].sort());
    expect(PAGE_COMMANDS.filter((command) => command.startsWith("view3d-"))).toEqual([]);
  });

  test("names every command once, with a key", () => {
    expect([...new Set(commands)]).toEqual(commands);
    expect(Object.keys(KEYS).sort()).toEqual([...commands].sort());
    for (const command of Object.keys(KEYS) as Command[]) {
      expect(KEYS[command].length, command).toBeGreaterThan(0);
      expect(keyOf(command), command).not.toBe("");
    }
  });

  test("has only single presses that tinykeys can read", () => {
    const modifiers = ["Shift", "Alt", "Control", "Meta"];
    for (const key of bound) {
      const presses = parseKeybinding(key);
      expect(presses, key).toHaveLength(1);
      for (const [required, optional] of presses) {
        for (const mod of required) expect(modifiers, key).toContain(mod);
        expect(optional, key).toEqual([]);
      }
    }
  });

  test("prints every key as its cap is printed on a keyboard", () => {
    // Keys whose caps carry the same name as in KeyboardEvent.
    const asNamed = ["Home", "End", "Insert", "Delete", "Backspace", "Enter", "Alt"];
    for (const onMac of [false, true])
      for (const key of bound) {
        const text = printed(key, onMac);
        expect(text, key).toMatch(/\S/);
        for (const part of key.split(/\b\+/))
          if (part.length > 1 && !asNamed.includes(part)) expect(text, key).not.toContain(part);
      }
    expect(entries.flatMap(capsOf).filter((cap) => !/\S/.test(cap))).toEqual([]);
  });

  test("shows at least one cap in every entry, and none twice", () => {
    for (const entry of entries) {
      const caps = capsOf(entry);
      expect(caps.length, entry.does).toBeGreaterThan(0);
      expect([...new Set(caps)], entry.does).toEqual(caps);
      expect(entry.does).toMatch(/\w/);
    }
  });

  test("lists the views in the order of the view switch, under their names", () => {
    const views = entries.find(({ keys }) => keys && "round-trip" in keys);
    expect(Object.keys(views?.keys ?? {})).toEqual(VIEWS.map(({ value }) => value));
    expect(views?.does).toBe(VIEWS.map(({ name }) => name).join(", "));
  });
});

test.each([
  ["j", "J", "J"],
  ["Shift+BracketLeft", "⇧ [", "⇧ ["],
  ["$mod+z", "Ctrl Z", "⌘ Z"],
  ["$mod+Shift+z", "Ctrl ⇧ Z", "⌘ ⇧ Z"],
  ["Alt+ArrowUp", "Alt ↑", "⌥ ↑"],
  ["Shift++", "⇧ +", "⇧ +"],
  ["+", "+", "+"],
  ["-", "−", "−"],
  ["PageDown", "Page ↓", "Page ↓"],
  ["KeyA", "A", "A"],
  ["Shift+Digit1", "⇧ 1", "⇧ 1"],
  ["$mod+wheel", "Ctrl wheel", "⌘ wheel"],
  ["double click", "double click", "double click"],
])("%s is printed as %s, on a Mac as %s", (keys, usual, mac) => {
  expect(printed(keys, false)).toBe(usual);
  expect(printed(keys, true)).toBe(mac);
});
