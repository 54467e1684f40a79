/**
 * Repairs of the keys beside `labels`, on random files: each repair leaves nnU-Net fewer objections and no
 * new ones.
 */
import { expect, it } from "vitest";
import { randomFrom } from "../../base/random.ts";
import type { DatasetFiles } from "../../domain/dataset/dataset-files.ts";
import type { Finding } from "../../domain/findings/finding.ts";
import { definitionFindings } from "../../domain/findings/findings.ts";
import { datasetFolderOf } from "../../domain/testing/dataset-folders.ts";
import { parseDataset } from "./dataset.ts";
import { repairFor } from "./repairs.ts";

const random = randomFrom(15);
const oneOf = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
const several = <T>(most: number, make: () => T): T[] =>
  Array.from({ length: Math.floor(random() * (most + 1)) }, make);

const ENDINGS = [".nii.gz", ".nii", ".nrrd", ".seg.nrrd", ".hdr"];

function channelsText(): string {
  const values = ['"CT"', '"PET"', '"T1"', '"0"', '"1"', "0", "1", "null"];
  if (random() < 0.2) return `[${several(2, () => oneOf(values)).join(", ")}]`;
  const keys = ["0", "1", "2", "00", "CT", "T2", "scan"];
  return `{${several(3, () => `"${oneOf(keys)}": ${oneOf(values)}`).join(", ")}}`;
}

function fileText(): string {
  const maybe = (text: string) => (random() < 0.7 ? [text] : []);
  const members = [
    ...maybe(`"${oneOf(["channel_names", "modality"])}": ${channelsText()}`),
    oneOf(['"labels": {"background": 0, "a": 1}', '"labels": {"0": "background", "1": "a"}']),
    ...maybe(`"numTraining": ${oneOf(["7", "7.0", "3", '"7"'])}`),
    ...maybe(`"file_ending": ${oneOf(['".nii.gz"', '".nii"', '"nii.gz"', '".nrrd"', "null", '"gz"'])}`),
  ];
  return oneOf([`{${members.join(", ")}}`, `{\n\t${members.join(",\n\t")}\n}\n`]);
}

function openedFiles(): DatasetFiles | null {
  if (random() < 0.3) return null;
  const ending = oneOf(ENDINGS);
  const endings = [...new Set([ending, ...several(1, () => oneOf(ENDINGS))])];
  const folder =
    random() < 0.5 ? datasetFolderOf({ trainingCases: 7, imageCases: { [ending]: 7 }, endings }) : null;
  return { labels: `case${ending}`, ending, folder };
}

/** Objections of `verify_dataset_integrity` and of planning to a file's keys. */
function objections(text: string, files: DatasetFiles | null): string[] {
  const file = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const missing = ["channel_names", "numTraining", "file_ending"].filter((key) => !(key in file));
  const channels = file.channel_names ?? file.modality ?? { "0": "CT" };
  const isObject = typeof channels === "object" && channels !== null && !Array.isArray(channels);
  const names = isObject ? Object.values(channels) : [];
  const { file_ending: ending } = file;
  return [
    ...missing,
    ...(isObject ? [] : ["channels are no object"]),
    ...(isObject && names.length === 0 ? ["there are no channels"] : []),
    ...(names.every((name) => typeof name === "string") ? [] : ["a name is no text"]),
    ...(ending === null ? ["no ending"] : []),
    ...(files?.folder && (file.numTraining ?? 7) !== 7 ? ["another number of cases"] : []),
    ...(files?.folder && typeof ending === "string" && !files.labels.endsWith(ending) ? ["no files"] : []),
  ];
}

const errors = (findings: readonly Finding[]) =>
  findings.filter(({ severity }) => severity === "error").map(({ code }) => code);

it("every repair of keys in random files removes its finding and adds no error", () => {
  const offered = new Set<string>();
  for (let round = 0; round < 400; round++) {
    const text = fileText();
    const files = openedFiles();
    const definition = parseDataset(text, "dataset.json");
    const before = definitionFindings(definition, files);
    const objected = objections(text, files);
    if (objected.length > 0) expect(errors(before), text).not.toEqual([]);
    for (const finding of before) {
      const repair = repairFor(finding, definition, files);
      if (!repair) continue;
      const repaired = repair.apply(definition);
      const where = `${text} after “${repair.action}”: ${repaired.text}`;
      expect(parseDataset(repaired.text, "dataset.json"), where).toEqual(repaired);
      const after = definitionFindings(repaired, files);
      expect(after.filter(({ code }) => code === finding.code).length, where).toBeLessThan(
        before.filter(({ code }) => code === finding.code).length,
      );
      expect(errors(before), where).toEqual(expect.arrayContaining(errors(after)));
      const left = objections(repaired.text, files);
      expect(objected, where).toEqual(expect.arrayContaining(left));
      if (finding.code === "keys-missing") expect(left.length, where).toBeLessThan(objected.length);
      offered.add(finding.code);
    }
  }
  expect([...offered].sort()).toEqual([
    "channel-names",
    "file-ending",
    "keys-missing",
    "labels-inverted",
    "training-cases",
  ]);
});
