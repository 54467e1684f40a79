/** Checks cases as `regionscope check` does, and compares with the reports of the page. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { CheckedCase } from "../src/domain/dataset-check/case-record.ts";
import type { Report } from "../src/domain/report/report.ts";
import { OPTIONS } from "../tools/check/testing/checker-options.ts";
import { type CheckerOptions, openChecker } from "../tools/check/worker-checker.ts";
import { Headless } from "../tools/headless.ts";
import { expect, test } from "./support/test.ts";

const SAMPLES = new URL("../public/samples/", import.meta.url).pathname;
const REPORTED = new URL("fixtures/reported/", import.meta.url).pathname;

let app: Headless;
test.beforeAll(async () => {
  app = await Headless.open(() => {}, { unattended: true });
});
test.afterAll(() => app.close());

interface Given {
  readonly labels: string;
  readonly images: readonly string[];
  readonly dataset: string | null;
  readonly plans: string | null;
}

const textOf = (path: string) => readFileSync(path, "utf8");
const nameOf = (path: string) => basename(path).replace(/(\.seg)?\.(nii\.gz|nii|nrrd)$/, "");
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
  const checker = await openChecker(optionsFor(given, grid));
  const { record, picture } = await checker
    .check({ name: nameOf(labels), labels, images, prediction: null, inputs: [] })
    .finally(() => checker.close());
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
