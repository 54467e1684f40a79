/** Makes folders of a dataset for tests of `check`. */
import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Of every file that the tests write, so that records are the same in every run. */
export const MODIFIED = new Date("2024-05-06T07:08:09.123Z");

export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    const full = join(folder, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
    utimesSync(full, MODIFIED, MODIFIED);
  }
}

export const DEFINITION = JSON.stringify({
  channel_names: { "0": "CT" },
  labels: { background: 0, liver: 1 },
  numTraining: 3,
  file_ending: ".nii.gz",
});

/** A dataset whose files are no volumes. */
export function writeDataset(folder: string, names: readonly string[]): void {
  writeFiles(folder, { "dataset.json": DEFINITION });
  for (const name of names) {
    writeFiles(folder, {
      [`labelsTr/${name}.nii.gz`]: `labels ${name}`,
      [`imagesTr/${name}_0000.nii.gz`]: `image ${name}`,
    });
  }
}

/** Every file of a folder, by path. */
export function filesOf(folder: string, under = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of readdirSync(join(folder, under)).sort()) {
    const path = under === "" ? name : `${under}/${name}`;
    if (statSync(join(folder, path)).isDirectory())
      for (const [inner, text] of filesOf(folder, path)) found.set(inner, text);
    else found.set(path, readFileSync(join(folder, path), "latin1"));
  }
  return found;
}
