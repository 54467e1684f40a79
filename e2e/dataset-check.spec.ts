/** Checks cases as `regionscope check` does, in one page without an interface, and compares with reports. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { CheckedCase } from "../src/domain/dataset-check/case-record.ts";
import type { Report } from "../src/domain/report/report.ts";
import { type CheckerOptions, checkerOn } from "../tools/check/browser-checker.ts";
import { BrowserLost, type CaseFiles } from "../tools/check/case-checker.ts";
import { Headless } from "../tools/headless.ts";
import { expect, test } from "./support/test.ts";

const SAMPLES = new URL("../public/samples/", import.meta.url).pathname;
const REPORTED = new URL("fixtures/reported/", import.meta.url).pathname;

const files = new Map<string, readonly string[]>();
let app: Headless;
let folder = "";
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "regionscope-check-"));
  app = await Headless.open(() => {}, { unattended: true, files });
});
test.afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

const OPTIONS: CheckerOptions = {
  workers: 2,
  definition: null,
  plans: null,
  configuration: null,
  trainer: "default",
  reader: null,
  mode: "nearest-exact",
  grid: "stored",
  predictions: false,
  toleranceMm: 1,
  firstImage: null,
};

interface Given {
  readonly labels: string;
  readonly images: readonly string[];
  readonly dataset: string | null;
  readonly plans: string | null;
}

const textOf = (path: string) => readFileSync(path, "utf8");
const nameOf = (path: string) => basename(path).replace(/(\.seg)?\.(nii\.gz|nii|nrrd)$/, "");
const caseOf = (labels: string, more: Partial<CaseFiles> = {}): CaseFiles => ({
  name: nameOf(labels),
  labels,
  images: [],
  prediction: null,
  inputs: [],
  ...more,
});

function optionsFor({ dataset, plans }: Given, grid: CheckerOptions["grid"]): CheckerOptions {
  return {
    ...OPTIONS,
    grid,
    definition: dataset && textOf(dataset),
    plans: plans === null ? null : { file: basename(plans), text: textOf(plans) },
  };
}

/** What only a check says, and how the regions were counted. */
const APART = new Set<string>([
  "status",
  "inputs",
  "stored",
  "regionFacts",
  "prediction",
  "adapter",
  "verified",
  "path",
  "pathReason",
] satisfies (keyof CheckedCase)[]);

/** Everything that a check and a report say alike. */
const alike = (made: Report | CheckedCase): unknown =>
  Object.fromEntries(Object.entries(made).filter(([key]) => !APART.has(key)));

async function expectAlike(given: Given, grid: CheckerOptions["grid"]): Promise<void> {
  const { labels, images, dataset, plans } = given;
  const checker = await checkerOn(app, files, optionsFor(given, grid));
  const { record, picture } = await checker.check(caseOf(labels, { images }));
  const [image = null, ...moreChannels] = images.map((path) => basename(path));
  const paths = [labels, ...images, dataset, plans].filter((path) => path !== null);
  const answer = await app.report(paths, {
    labels: [basename(labels)],
    image,
    moreChannels,
    dataset: dataset && basename(dataset),
    plans: plans && basename(plans),
    configuration: null,
    mode: "nearest-exact",
    path: "auto",
    grid,
  });
  if (record.status === "unreadable") {
    expect(picture).toBeNull();
    expect(answer.ok).toBe(false);
    // A check has no option for labels that look like an image.
    const [sentence = ""] = answer.ok ? [""] : answer.sentence.replaceAll(/\s*\n\s*/g, " ").split(". Give");
    expect(record.sentence).toContain(sentence);
    return;
  }
  if (!answer.ok) throw new Error(answer.sentence);
  expect(alike(record)).toEqual(alike(answer.report));
  expect([...(picture ?? []).slice(1, 4)]).toEqual([..."PNG"].map((letter) => letter.charCodeAt(0)));
  expect(record.regionFacts).toHaveLength(record.regions.length);
}

for (const sample of readdirSync(SAMPLES).filter((name) => name.startsWith("Dataset"))) {
  for (const grid of ["stored", "trained"] as const) {
    test(`${sample} is reported on alike on the ${grid} grid`, async () => {
      const list = (name: string) =>
        readdirSync(join(SAMPLES, sample)).includes(name)
          ? readdirSync(join(SAMPLES, sample, name)).map((file) => join(SAMPLES, sample, name, file))
          : [];
      const [labels = ""] = list("labelsTr");
      const [dataset, plans] = ["dataset.json", "nnUNetPlans.json"].map((file) =>
        join(SAMPLES, sample, file),
      );
      await expectAlike(
        { labels, images: list("imagesTr"), dataset: dataset ?? null, plans: plans ?? null },
        grid,
      );
    });
  }
}

test("small files that people asked about are reported on alike", async () => {
  let compared = 0;
  for (const name of readdirSync(REPORTED)) {
    const all = readdirSync(join(REPORTED, name)).sort();
    const having = (pattern: RegExp) =>
      all.filter((file) => pattern.test(file)).map((file) => join(REPORTED, name, file));
    const labels = having(/\.(nii\.gz|nrrd)$/).filter((file) => !/_0000\./.test(file));
    const [only, more] = labels;
    if (!only || more) continue;
    const given = {
      labels: only,
      images: having(/_0000\./),
      dataset: having(/^dataset\.json$/)[0] ?? null,
      plans: having(/^plans\.json$/)[0] ?? null,
    };
    await test.step(name, () => expectAlike(given, "trained"));
    compared++;
  }
  expect(compared).toBeGreaterThan(20);
});

const SPINE = join(SAMPLES, "Dataset903_SpineRegions");
const SPINE_LABELS = join(SPINE, "labelsTr", readdirSync(join(SPINE, "labelsTr"))[0] ?? "");
const spine = () => ({ ...OPTIONS, definition: textOf(join(SPINE, "dataset.json")) });

test("bad files are records with a sentence, and a prediction is compared", async () => {
  const checker = await checkerOn(app, files, { ...spine(), predictions: true });
  const broken = join(folder, "broken.nii.gz");
  writeFileSync(broken, readFileSync(SPINE_LABELS).subarray(0, 5000));
  const missing = join(folder, "missing.nii.gz");
  const answers = await Promise.all([
    checker.check(caseOf(broken)),
    checker.check(caseOf(missing)),
    checker.check(caseOf(SPINE_LABELS, { prediction: SPINE_LABELS })),
    checker.check(caseOf(SPINE_LABELS)),
  ]);
  const [ofBroken, ofMissing, compared, without] = answers.map(({ record }) => record);
  expect(ofBroken).toMatchObject({ status: "unreadable", case: { name: "broken" } });
  expect(ofBroken).toHaveProperty("sentence", expect.stringContaining(`${broken}: `));
  expect(ofMissing).toHaveProperty("sentence", `${missing}: there is no such file.`);
  const prediction = compared?.status === "ok" ? compared.prediction : null;
  if (!prediction || !("regions" in prediction)) throw new Error("The prediction was not compared.");
  expect(prediction.findings).toEqual([]);
  expect(new Set(prediction.regions.map(({ dice, hd95 }) => `${dice} ${hd95}`))).toEqual(new Set(["1 0"]));
  expect(without).toMatchObject({ prediction: { refused: { code: "prediction-missing" } } });
  expect(files.size).toBe(0);
});

test("a .nii beside the .nii.gz reaches the findings", async () => {
  mkdirSync(join(folder, "labelsTr"), { recursive: true });
  const copy = join(folder, "labelsTr", "case.nii.gz");
  cpSync(SPINE_LABELS, copy);
  writeFileSync(copy.slice(0, -3), "");
  const checker = await checkerOn(app, files, spine());
  const { record } = await checker.check(caseOf(copy));
  expect(record.status === "ok" && record.findings.map(({ code }) => code)).toContain("file-beside");
});

test("a page that crashes rejects what is being checked, and can still be closed", async () => {
  const other = await Headless.open(() => {}, { unattended: true, files });
  const checker = await checkerOn(other, files, spine());
  const pending = Promise.allSettled([
    checker.check(caseOf(SPINE_LABELS)),
    checker.check(caseOf(SPINE_LABELS)),
  ]);
  // Its answer never comes.
  other.page.goto("chrome://crash").catch(() => undefined);
  for (const { status, ...rest } of await pending) {
    expect(status).toBe("rejected");
    expect("reason" in rest && rest.reason).toBeInstanceOf(BrowserLost);
  }
  await expect(checker.check(caseOf(SPINE_LABELS))).rejects.toBeInstanceOf(BrowserLost);
  await checker.close();
});
