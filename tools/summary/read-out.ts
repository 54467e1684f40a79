/** Reads and validates what a check wrote: `check.json` and the records of its cases. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { errorMessage } from "../../src/base/errors.ts";
import type { CheckFile } from "../../src/domain/dataset-check/check-file.ts";
import type { SummarizedRecord } from "../../src/domain/dataset-check/dataset-facts.ts";
import { recordNames } from "../../src/domain/dataset-check/record-names.ts";
import { SEVERITIES } from "../../src/domain/findings/finding.ts";
import { READERS } from "../../src/domain/reader/reader.ts";
import { TRAINERS } from "../../src/domain/targets/deep-supervision.ts";
import { Failure } from "../run.ts";

const UNREADABLE = 2;

const names = z.array(z.string());
const reader = z.enum(READERS).nullable();

const CHECK_FILE = z.object({
  schema: z.literal("regionscope.check/1"),
  version: z.string(),
  dataset: z.string(),
  options: z.object({
    configuration: z.string().nullable(),
    trainer: z.enum(TRAINERS),
    reader,
    mode: z.enum(["nearest-exact", "resize-segmentation"]),
    grid: z.enum(["trained", "stored"]),
    cases: names.nullable(),
    predictions: z.boolean(),
    toleranceMm: z.number(),
  }),
  definition: z.string().nullable(),
  plans: z.string().nullable(),
  preprocessedDefinition: z.string().nullable(),
  cases: z.array(
    z.object({
      name: z.string(),
      labels: z.string().nullable(),
      images: names,
      prediction: z.string().nullable(),
    }),
  ),
  testCases: names,
  splits: z.object({
    from: z.enum(["splits_final.json", "default", "none"]),
    folds: z.array(
      z.object({ name: z.string(), train: names, val: names, drawn: z.literal(true).exactOptional() }),
    ),
    refused: z.string().nullable(),
  }),
});

const triple = z.tuple([z.number(), z.number(), z.number()]);
const finding = z.object({
  code: z.string(),
  severity: z.enum(SEVERITIES),
  title: z.string(),
  message: z.string(),
  regions: names,
  labels: z.array(z.number()),
});
const grid = z.object({ shape: triple, spacing: triple, orientation: z.string(), origin: triple });
const count = z.number().nullable();
const report = z.literal("regionscope.report/1");

const METRICS = z.object({
  referenceVoxels: z.number(),
  predictedVoxels: z.number(),
  commonVoxels: z.number(),
  dice: count,
  hd95: count,
  nsd: count,
  hits: z.number(),
  referenceComponents: z.number(),
  falseComponents: z.number(),
});

const CHECKED = z
  .object({
    schema: report,
    status: z.literal("ok"),
    case: z.object({
      name: z.string(),
      shape: triple,
      spacing: triple,
      orientation: z.string(),
      labels: z.array(z.object({ value: z.number(), voxels: z.number() })),
    }),
    grid: z.enum(["trained", "stored"]),
    regions: z.array(
      z.object({
        name: z.string(),
        labels: z.array(z.number()),
        classOrder: count,
        ignore: z.boolean(),
      }),
    ),
    scales: z.array(
      z.object({
        factors: triple,
        shape: triple,
        lossWeight: count,
        regionVoxels: z.array(z.number()).exactOptional(),
      }),
    ),
    findings: z.array(finding),
    stored: z.object({
      labelsHash: z.string(),
      labelValues: z.array(z.number()),
      labels: grid,
      image: grid.nullable(),
      reader,
    }),
    regionFacts: z.array(
      z.object({
        voxels: z.number(),
        ml: z.number(),
        components: count,
        specks: count,
        centre: triple.nullable(),
      }),
    ),
    prediction: z
      .union([
        z.object({ refused: finding }),
        z.object({ regions: z.array(METRICS), findings: z.array(finding) }),
      ])
      .nullable(),
  })
  .refine(({ regions, regionFacts }) => regions.length === regionFacts.length, {
    path: ["regionFacts"],
    error: "it has not one entry for each region",
  });

const UNREAD = z.object({
  schema: report,
  status: z.literal("unreadable"),
  case: z.object({ name: z.string() }),
  sentence: z.string(),
});

const STATUS = z.object({ status: z.string() });

interface ReadOut {
  readonly check: CheckFile;
  /** Of the cases that check.json lists, without those that have no record. */
  readonly records: readonly SummarizedRecord[];
  /** Names of the files in `pictures`, by case, of the listed cases that have one. */
  readonly pictures: ReadonlyMap<string, string>;
}

/**
 * @param out absolute path of the folder
 * @param given the folder as the user named it
 * @throws Failure with exit code 2 and one sentence for a folder or file that cannot be read
 */
export function readOut(out: string, given: string): ReadOut {
  if (!statSync(out, { throwIfNoEntry: false })?.isDirectory())
    throw new Failure(`${given}: there is no such folder. Name the one that a check wrote.`, UNREADABLE);
  const check: CheckFile = valid(CHECK_FILE, jsonAt(join(out, "check.json"), `${given}/check.json`), {
    file: `${given}/check.json`,
    remedy: "Name the folder that a check of this version wrote, or check the dataset again.",
  });
  const files = [...recordNames(check.cases.map(({ name }) => name))];
  const there = new Set(listed(join(out, "cases")));
  const records = files.flatMap(([name, stem]): SummarizedRecord[] => {
    const file = `${stem}.json`;
    return there.has(file) ? [readRecord(join(out, "cases", file), `${given}/cases/${file}`, name)] : [];
  });
  const images = new Set(listed(join(out, "pictures")));
  const pictures = new Map(
    files.map(([name, stem]) => [name, `${stem}.png`] as const).filter(([, file]) => images.has(file)),
  );
  return { check, records, pictures };
}

/** Names in a folder; none if there is no folder. */
function listed(folder: string): string[] {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : [];
}

const REDO = "Delete it and run the check again with --continue.";

function readRecord(path: string, file: string, name: string): SummarizedRecord {
  const value = jsonAt(path, file, REDO);
  const given = { file, remedy: REDO };
  const isUnread = STATUS.safeParse(value).data?.status === "unreadable";
  const record = isUnread ? valid(UNREAD, value, given) : valid(CHECKED, value, given);
  if (record.case.name !== name)
    throw new Failure(`${file}: it is the record of another case, ${record.case.name}. ${REDO}`, UNREADABLE);
  return record;
}

function jsonAt(path: string, file: string, remedy = "Name the folder that a check wrote."): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw new Failure(
      `${file}: ${isMissing ? "there is no such file" : `it cannot be read (${errorMessage(error)})`}. ${remedy}`,
      UNREADABLE,
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure(
      `${file}: ${text.trim() === "" ? "it is empty" : "it is not valid JSON, as if it was cut off"}. ${remedy}`,
      UNREADABLE,
    );
  }
}

function valid<T>(
  schema: z.ZodType<T>,
  value: unknown,
  { file, remedy }: { readonly file: string; readonly remedy: string },
): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue && issue.path.length > 0 ? `${issue.path.join(".")}: ` : "";
  throw new Failure(
    `${file}: it is not what this version of the check writes (${where}${issue?.message ?? "unknown"}). ${remedy}`,
    UNREADABLE,
  );
}
