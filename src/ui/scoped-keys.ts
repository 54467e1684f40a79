/**
 * Maps a key press to a command of a scope; the component that owns the scope calls this and runs the
 * command.
 */
import { matchKeybindingPress, parseKeybinding } from "tinykeys";
import { commandsIn, KEYS, type Scope, type ScopedCommand } from "./keys.ts";

/** Returns the scope's command for a key press; null if there is none. */
export function commandIn<S extends Scope>(scope: S, event: KeyboardEvent): ScopedCommand<S> | null {
  return commandsIn(scope).find((command) => KEYS[command].some((key) => matches(event, key))) ?? null;
}

function matches(event: KeyboardEvent, key: string): boolean {
  const [press] = parseKeybinding(key);
  return press !== undefined && matchKeybindingPress(event, press);
}
