/** React context that hands the application's commands to components. */
import { createContext, useContext } from "react";
import type { Commands } from "./commands.ts";

export const CommandsContext = createContext<Commands | null>(null);

/** @throws outside a provider */
export function useCommands(): Commands {
  const commands = useContext(CommandsContext);
  if (!commands) throw new Error("useCommands needs a CommandsContext provider above it.");
  return commands;
}
