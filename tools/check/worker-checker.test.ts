/** Tests what workers read of a case, and what follows when one ends. */
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { root } from "../run.ts";
import { type CaseChecker, type CaseFiles, WorkerLost } from "./case-checker.ts";
import { OPTIONS } from "./testing/checker-options.ts";
import { writeFiles } from "./testing/dataset.ts";
import { writeSmallCases } from "./testing/small-cases.ts";
import { type CheckerOptions, openChecker } from "./worker-checker.ts";

const SPINE = join(root, "public/samples/Dataset903_SpineRegions");
const SPINE_LABELS = join(SPINE, "labelsTr", readdirSync(join(SPINE, "labelsTr"))[0] ?? "");

let folder = "";
let open: CaseChecker[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "regionscope-worker-checker-"));
});
afterEach(async () => {
  await Promise.all(open.map((checker) => checker.close()));
  open = [];
  rmSync(folder, { recursive: true });
});

const at = (path: string) => join(folder, path);
const caseOf = (labels: string, more: Partial<CaseFiles> = {}): CaseFiles => ({
  name: basename(labels).split(".")[0] ?? "",
  labels,
  images: [],
  prediction: null,
  inputs: [],
  ...more,
});

async function opened(more: Partial<CheckerOptions> = {}): Promise<CaseChecker> {
  const checker = await openChecker({ ...OPTIONS, ...more });
  open.push(checker);
  return checker;
}
const spine = (more: Partial<CheckerOptions> = {}) =>
  opened({ definition: readFileSync(join(SPINE, "dataset.json"), "utf8"), ...more });

test("labels, channels and prediction of one name in different folders stay apart", async () => {
  await writeSmallCases(at("D"), 3);
  const [labels, image, other] = ["labelsTr/case_0000", "imagesTr/case_0000_0000", "labelsTr/case_0002"].map(
    (path) => at(`D/${path}.nii.gz`),
  );
  for (const [from, to] of [
    [labels, "labels"],
    [image, "ct"],
    [other, "predicted"],
  ] as const)
    cpSync(from ?? "", at(`${to}/a.nii.gz`), { recursive: true });
  writeFiles(folder, { "pet/a.nii.gz": "no volume" });
  const checker = await opened({ predictions: true, definition: readFileSync(at("D/dataset.json"), "utf8") });
  const files = caseOf(at("labels/a.nii.gz"), { prediction: at("predicted/a.nii.gz") });
  const { record } = await checker.check({ ...files, images: [at("ct/a.nii.gz")] });
  expect(record).toMatchObject({ case: { name: "a" }, prediction: { refused: { code: "prediction-grid" } } });
  const { record: refused } = await checker.check({ ...files, images: [at("pet/a.nii.gz")] });
  expect(refused).toHaveProperty("sentence", expect.stringContaining(`${at("pet/a.nii.gz")}: `));
});

test("a header comes with the file of its voxels", async () => {
  const file = gunzipSync(readFileSync(SPINE_LABELS));
  const header = Buffer.from(file.subarray(0, 348));
  const from = header.readFloatLE(108);
  header.writeFloatLE(0, 108);
  header.write("ni1\0", 344, "latin1");
  writeFileSync(at("a.hdr"), header);
  writeFileSync(at("a.img"), file.subarray(from));
  const checker = await spine({ predictions: true });
  const { record } = await checker.check(caseOf(at("a.hdr"), { prediction: SPINE_LABELS }));
  const prediction = record.status === "ok" ? record.prediction : null;
  if (!prediction || !("regions" in prediction)) throw new Error("The prediction was not compared.");
  expect(new Set(prediction.regions.map(({ dice, hd95 }) => `${dice} ${hd95}`))).toEqual(new Set(["1 0"]));
});

test("bad files are records with a sentence, and a prediction may be missing", async () => {
  const checker = await spine({ workers: 2, predictions: true });
  writeFileSync(at("broken.nii.gz"), readFileSync(SPINE_LABELS).subarray(0, 5000));
  const [ofBroken, ofMissing] = await Promise.all(
    ["broken.nii.gz", "missing.nii.gz"].map(async (name) => checker.check(caseOf(at(name)))),
  );
  expect(ofBroken).toMatchObject({
    picture: null,
    record: { status: "unreadable", case: { name: "broken" } },
  });
  expect(ofBroken?.record).toHaveProperty("sentence", expect.stringContaining(`${at("broken.nii.gz")}: `));
  expect(ofMissing?.record).toHaveProperty("sentence", `${at("missing.nii.gz")}: there is no such file.`);
  const { record } = await checker.check(caseOf(SPINE_LABELS));
  expect(record).toMatchObject({ prediction: { refused: { code: "prediction-missing" } } });
});

test("a .nii beside the .nii.gz reaches the findings", async () => {
  mkdirSync(at("labelsTr"));
  const copy = at("labelsTr/case.nii.gz");
  cpSync(SPINE_LABELS, copy);
  writeFiles(folder, { "labelsTr/case.nii": "" });
  const { record } = await (await spine()).check(caseOf(copy));
  expect(record.status === "ok" && record.findings.map(({ code }) => code)).toContain("file-beside");
});

test("a first image that cannot be read is left out, and no reason to stop", async () => {
  writeFiles(folder, { "a_0000.nii.gz": "no volume" });
  mkdirSync(at("folder.nii.gz"));
  const images = ["a_0000.nii.gz", "gone.nii.gz", "folder.nii.gz"].map(at);
  const checkers = await Promise.all(images.map((firstImage) => spine({ firstImage })));
  for (const checker of checkers)
    expect((await checker.check(caseOf(SPINE_LABELS))).record.status).toBe("ok");
});

test.skipIf(process.getuid?.() === 0)("so is one without permission", async () => {
  writeFiles(folder, { "a_0000.nii.gz": "image" });
  chmodSync(at("a_0000.nii.gz"), 0);
  const { record } = await (await spine({ firstImage: at("a_0000.nii.gz") })).check(caseOf(SPINE_LABELS));
  expect(record.status).toBe("ok");
});

test("what is asked of a checker that is closed, and later, is lost", async () => {
  const checker = await spine({ workers: 2 });
  const pending = Promise.allSettled([1, 2].map(() => checker.check(caseOf(SPINE_LABELS))));
  await checker.close();
  for (const { status, ...rest } of await pending) {
    expect(status).toBe("rejected");
    expect("reason" in rest && rest.reason).toBeInstanceOf(WorkerLost);
  }
  await expect(checker.check(caseOf(SPINE_LABELS))).rejects.toThrow(
    new WorkerLost("A worker ended (SIGKILL): most often, memory ran out."),
  );
});
