/** Finds the npm commands that README.md names. */

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
