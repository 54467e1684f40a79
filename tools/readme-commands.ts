/** The commands that README.md names. */

/**
 * Every `npm X` and `npm run X` of a text in Markdown, without repetition, in their order: `start`, `run
 * report`, `run bench --suite`. Options are part of a command's name only where they make it another
 * (`variants`).
 */
export function namedCommands(markdown: string, variants: readonly string[] = ["--suite"]): string[] {
  const found = [
    ...markdown.matchAll(/\bnpm ((?:run (?:-s )?)?[a-z][a-z0-9:-]*)((?:(?!\bnpm )[^\n`])*)/g),
  ].map(([, command = "", rest = ""]) => {
    // What follows another command belongs to that.
    const own = rest.split(/&&|#/)[0] ?? "";
    const variant = variants.find((option) => own.split(/\s/).includes(option));
    return `${command.replace("-s ", "")}${variant ? ` ${variant}` : ""}`;
  });
  return [...new Set(found)];
}
