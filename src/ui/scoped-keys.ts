/**
 * Keys that hold in one place alone: which command of it a press is. Who owns the place asks, and does it.
 */
import { matchKeybindingPress, parseKeybinding } from "tinykeys";
import { commandsIn, KEYS, type Scope, type ScopedCommand } from "./keys.ts";

/** The command of a scope that a press is a key of; null for another key. */
export function commandIn<S extends Scope>(scope: S, event: KeyboardEvent): ScopedCommand<S> | null {
  return commandsIn(scope).find((command) => KEYS[command].some((key) => matches(event, key))) ?? null;
}

function matches(event: KeyboardEvent, key: string): boolean {
  const [press] = parseKeybinding(key);
  return press !== undefined && matchKeybindingPress(event, press);
}
