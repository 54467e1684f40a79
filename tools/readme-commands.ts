/** The commands that README.md and docs/commands.md name. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.ts";

/** Documents whose commands all have a test, relative to the project's root. */
const COMMAND_DOCUMENTS = ["README.md", "docs/commands.md"] as const;

/** Reads these documents and returns the commands that either names, as {@link namedCommands} does. */
export function documentedCommands(documents: readonly string[] = COMMAND_DOCUMENTS): string[] {
  return namedCommands(documents.map((path) => readFileSync(join(root, path), "utf8")).join("\n"));
}

/**
 * Finds every `npm X` and `npm run X` in Markdown, in order and without duplicates: `start`, `run report`,
 * `run bench --suite`. A command's name includes an option only if it is one of `variants`.
 */
export function namedCommands(markdown: string, variants: readonly string[] = ["--suite"]): string[] {
  const found = [
    ...markdown.matchAll(/\bnpm ((?:run (?:-s )?)?[a-z][a-z0-9:-]*)((?:(?!\bnpm )[^\n`])*)/g),
  ].map(([, command = "", rest = ""]) => {
    // Anything after another command belongs to that one.
    const own = rest.split(/&&|#/)[0] ?? "";
    const variant = variants.find((option) => own.split(/\s/).includes(option));
    return `${command.replace("-s ", "")}${variant ? ` ${variant}` : ""}`;
  });
  return [...new Set(found)];
}
