/** Tests what is a fault of a case, and what is one of the machine that checks it. */
import { expect, test } from "vitest";
import { InputError } from "../base/errors.ts";
import { HeldBlob } from "../formats/bytes/held-blob.ts";
import { type Memory, NEW_MEMORY } from "../formats/bytes/memory.ts";
import { writeNifti } from "../formats/testing/write-nifti.ts";
import { type CaseToRead, type CheckSetup, checkedCase } from "./checked-case.ts";

const SETUP: CheckSetup = {
  settings: { configuration: null, trainer: "default", mode: "nearest-exact", grid: "stored" },
  reader: null,
  definition: null,
  plans: null,
  firstImage: null,
  toleranceMm: 1,
};
const CASE: CaseToRead = {
  name: "a",
  predictionFiles: 0,
  labels: "a.nii",
  images: [],
  hasPredictions: false,
  besides: [],
  inputs: [],
};
const DIMS = [4, 5, 6] as const;

const file = (path: string) => ({
  path,
  blob: new HeldBlob(new Uint8Array(writeNifti({ dims: DIMS, values: new Uint8Array(120).fill(1) }))),
});
const NO_MEMORY = "Array buffer allocation failed";

/** Memory that runs out after so many arrays. */
function memoryFor(arrays: number): Memory {
  let left = arrays;
  const lend = <T>(array: () => T): T => {
    if (left-- <= 0) throw new RangeError(NO_MEMORY);
    return array();
  };
  return {
    ...NEW_MEMORY,
    bytes: (length) => lend(() => NEW_MEMORY.bytes(length)),
    floats: (length) => lend(() => NEW_MEMORY.floats(length)),
  };
}

test("a case is read, and one that is no volume has a record with a sentence", async () => {
  const { record, picture } = await checkedCase(SETUP, CASE, async () => [file("a.nii")], NEW_MEMORY);
  expect(JSON.parse(record)).toMatchObject({ status: "ok", case: { name: "a" } });
  expect(picture?.length).toBeGreaterThan(50);
  const bad = { path: "a.nii", blob: new HeldBlob(new Uint8Array(10)) };
  const refused = await checkedCase(SETUP, CASE, async () => [bad], NEW_MEMORY);
  expect(JSON.parse(refused.record)).toMatchObject({
    status: "unreadable",
    sentence: expect.stringMatching(/^a\.nii: /),
  });
  const gone = new InputError("a.nii", "it is gone", "Copy it again");
  const missing = await checkedCase(SETUP, CASE, () => Promise.reject(gone), NEW_MEMORY);
  expect(JSON.parse(missing.record)).toMatchObject({ sentence: gone.message });
});

test("memory that runs out is no fault of the case: there is no record", async () => {
  const noRoom = () => Promise.reject(new RangeError(NO_MEMORY));
  await expect(checkedCase(SETUP, CASE, noRoom, NEW_MEMORY)).rejects.toThrow(NO_MEMORY);
  await expect(checkedCase(SETUP, CASE, async () => [file("a.nii")], memoryFor(0))).rejects.toThrow(
    "a.nii: there is no memory for the 120 bytes that it needs.",
  );
});

test("nor of its prediction", async () => {
  const both = { ...CASE, predictionFiles: 1, hasPredictions: true };
  const read = async () => [file("a.nii"), file("a.nii")];
  let enough = 0;
  while (!(await checkedCase(SETUP, both, read, memoryFor(enough)).catch(() => null))) enough++;
  // The last array is that of the prediction.
  expect(enough).toBeGreaterThan(1);
  await expect(checkedCase(SETUP, both, read, memoryFor(enough - 1))).rejects.toThrow("there is no memory");
});
