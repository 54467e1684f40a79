/** Takes file names from file paths. */

/** The last part of a file path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** File names for one sentence, with folders where two names would otherwise be equal. */
export function distinctFileNames(paths: readonly string[]): string[] {
  const names = paths.map(baseName);
  return paths.map((path, i) => {
    const name = names[i] ?? path;
    return paths.some((other, j) => j !== i && names[j] === name && other !== path) ? path : name;
  });
}
