/** The commands that README.md and docs/commands.md name. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.ts";

/** Documents whose commands all have a test, relative to the project's root. */
const COMMAND_DOCUMENTS = ["README.md", "docs/commands.md", "docs/cluster.md"] as const;

/** The tests that run them, and the examples for clusters: the project `commands` of vitest.config.ts. */
export const COMMAND_TESTS = [
  "tools/commands.test.ts",
  "tools/package.test.ts",
  "tools/examples.test.ts",
  "tools/check/check-process.test.ts",
  "tools/check/planted-faults.test.ts",
] as const;

/** Reads these documents and returns the commands that either names, as {@link namedCommands} does. */
export function documentedCommands(documents: readonly string[] = COMMAND_DOCUMENTS): string[] {
  return namedCommands(documents.map((path) => readFileSync(join(root, path), "utf8")).join("\n"));
}

/** True for what makes, installs or calls the program `regionscope`; a test of the package runs these. */
export function isOfPackage(command: string): boolean {
  return command === "pack" || command === "install" || command.startsWith("regionscope ");
}

/**
 * Finds every `npm X` and `npm run X` in Markdown, in order and without duplicates: `start`, `run report`,
 * `run bench --suite`; then every `regionscope X`. A command's name includes an option only if it is one of
 * `variants`.
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
  const ofProgram = [...markdown.matchAll(/(?<![\w/.-])regionscope (?:--)?[a-z]+\b/g)].map(
    ([command]) => command,
  );
  return [...new Set([...found, ...ofProgram])];
}
