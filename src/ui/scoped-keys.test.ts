/** Tests that key presses map to the commands of a scope. */
import { expect, test } from "vitest";
import { KEYS } from "./keys.ts";
import { commandIn } from "./scoped-keys.ts";

/** Builds a keyboard event as a browser would report it. */
function press(key: string, ...held: readonly string[]): KeyboardEvent {
  const event = { key, code: "", getModifierState: (name: string) => held.includes(name) };
  return event as unknown as KeyboardEvent;
}

test("a key press gives only the command of its own scope", () => {
  expect(commandIn("ruler", press("Escape"))).toBe("ruler-end");
  expect(commandIn("picking", press("Escape"))).toBe("pick-end");
  expect(commandIn("view3d", press("Escape"))).toBeNull();
  expect(commandIn("ruler", press("d"))).toBeNull();
});

test("every key of a command is recognised, with its modifiers", () => {
  for (const key of KEYS["ruler-remove"]) expect(commandIn("ruler", press(key))).toBe("ruler-remove");
  expect(commandIn("view3d", press("ArrowLeft"))).toBe("view3d-turn-left");
  expect(commandIn("view3d", press("ArrowLeft", "Shift"))).toBe("view3d-pan-left");
  expect(commandIn("view3d", press("ArrowLeft", "Control"))).toBeNull();
  expect(commandIn("view3d", press("+"))).toBe("view3d-zoom-in");
  expect(commandIn("view3d", press("+", "Shift"))).toBe("view3d-zoom-in");
  expect(commandIn("ruler", press("Enter", "Alt"))).toBeNull();
});
