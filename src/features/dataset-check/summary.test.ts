/** Tests that a summary finds each fault planted in 30 cases, in the right ones, and nothing else. */
import { describe, expect, test } from "vitest";
import type { CaseRecord, CheckedPrediction } from "../../domain/dataset-check/case-record.ts";
import type { CheckFile } from "../../domain/dataset-check/check-file.ts";
import { type Summary, summarize } from "../../domain/dataset-check/summary.ts";
import { casesTable, foldsTable, summaryJson } from "../../domain/dataset-check/summary-files.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import {
  caseName,
  change,
  changeRegion,
  type Dataset,
  DEFINITION,
  healthyDataset,
  REGION_NAMES,
  reported,
} from "../../domain/testing/dataset-records.ts";
import { parseDataset } from "../../formats/dataset/dataset.ts";

function summaryOf({ check, records }: Dataset, transpose: Triple | null = null): Summary {
  const parsed = (text: string | null) => (text === null ? null : parseDataset(text, "dataset.json"));
  return summarize(check, records, {
    definition: parsed(check.definition),
    preprocessed: parsed(check.preprocessedDefinition),
    transpose,
  });
}

const edit = (dataset: Dataset, changes: Partial<CheckFile>) => {
  dataset.check = { ...dataset.check, ...changes };
};
const editCase = (dataset: Dataset, i: number, changes: Partial<CheckFile["cases"][number]>) =>
  edit(dataset, { cases: dataset.check.cases.map((one, j) => (i === j ? { ...one, ...changes } : one)) });
const editFolds = (
  dataset: Dataset,
  from: CheckFile["splits"]["from"],
  changed: (fold: CheckFile["splits"]["folds"][number]) => CheckFile["splits"]["folds"][number],
) => {
  const { splits } = dataset.check;
  edit(dataset, { splits: { ...splits, from, folds: splits.folds.map(changed) } });
};
const define = (dataset: Dataset, changes: object) =>
  edit(dataset, { definition: JSON.stringify({ ...DEFINITION, ...changes }) });
const names = (...cases: readonly number[]) => cases.map(caseName);
const all = names(...Array.from({ length: 30 }, (_, i) => i));

/** Code, severity, cases, folds and regions of each finding. */
const brief = ({ findings }: Summary) =>
  findings.map(({ severity, code, cases, folds = [], regions }) => [severity, code, cases, folds, regions]);

const absent = (dataset: Dataset, region: string, present: readonly number[]) => {
  for (let i = 0; i < 30; i++) if (!present.includes(i)) changeRegion(dataset, i, region, { voxels: 0 });
};

const unreadable = (i: number, sentence: string): CaseRecord => ({
  schema: "regionscope.report/1",
  status: "unreadable",
  case: { name: caseName(i) },
  inputs: [],
  sentence,
});

const score = (dice: number | null) => ({
  referenceVoxels: 100,
  predictedVoxels: 100,
  commonVoxels: 90,
  dice,
  hd95: dice === null ? null : 2,
  nsd: dice,
  hits: 1,
  referenceComponents: 1,
  falseComponents: 0,
});
const predicted = (dataset: Dataset, of: (i: number) => CheckedPrediction) => {
  edit(dataset, { options: { ...dataset.check.options, predictions: true } });
  for (let i = 0; i < 30; i++) change(dataset, i, (record) => ({ ...record, prediction: of(i) }));
};
const good = (): CheckedPrediction => ({ regions: REGION_NAMES.map(() => score(0.9)), findings: [] });

type Planted = readonly [
  what: string,
  plant: (dataset: Dataset) => void,
  expected: readonly (readonly [string, string, readonly string[], readonly string[], readonly string[]])[],
];

const PLANTED: readonly Planted[] = [
  ["nothing", () => {}, []],
  [
    "images without labels",
    (d) => {
      editCase(d, 3, { labels: null });
      d.records[3] = unreadable(3, "case_003 has images and no labels. Add them.");
      edit(d, { splits: { ...d.check.splits, folds: [] } });
    },
    [["error", "case-incomplete", names(3), [], []]],
  ],
  [
    "labels without images, and numTraining that counts images",
    (d) => {
      editCase(d, 4, { images: [] });
      define(d, { numTraining: 29 });
    },
    [["warning", "case-incomplete", names(4), [], []]],
  ],
  [
    "a channel too few and one too many",
    (d) => {
      define(d, { channel_names: { "0": "CT", "1": "PET" } });
      for (let i = 0; i < 30; i++)
        editCase(d, i, { images: [0, 1].map((c) => `imagesTr/${caseName(i)}_000${c}.nii.gz`) });
      editCase(d, 5, { images: [`imagesTr/${caseName(5)}_0000.nii.gz`] });
      editCase(d, 6, { images: [0, 1, 2].map((c) => `imagesTr/${caseName(6)}_000${c}.nii.gz`) });
    },
    [["error", "case-channels", names(5, 6), [], []]],
  ],
  ["no dataset.json", (d) => edit(d, { definition: null }), [["error", "no-definition", [], [], []]]],
  ["numTraining", (d) => define(d, { numTraining: 31 }), [["error", "training-cases", [], [], []]]],
  [
    "a case with another ending",
    (d) => {
      editCase(d, 7, { labels: "labelsTr/case_007.nii", images: ["imagesTr/case_007_0000.nii"] });
      define(d, { numTraining: 29 });
    },
    [["warning", "file-ending", names(7), [], []]],
  ],
  [
    "a file_ending that no file has",
    (d) => define(d, { file_ending: ".nrrd" }),
    [["error", "file-ending", all, [], []]],
  ],
  [
    "a case for training and testing",
    (d) => edit(d, { testCases: [caseName(8), "other"] }),
    [["warning", "case-in-test", names(8), [], []]],
  ],
  [
    "the same labels under two names, in two folds",
    (d) => change(d, 9, (r) => ({ ...r, stored: { ...r.stored, labelsHash: "hash of case_010" } })),
    [["warning", "duplicate-case", names(9, 10), ["0", "4"], []]],
  ],
  [
    "a case with the name of labels",
    (d) => {
      const name = `${caseName(5)}_seg`;
      editCase(d, 5, { name });
      change(d, 5, (r) => ({ ...r, case: { ...r.case, name } }));
      const without = (side: readonly string[]) => side.filter((one) => one !== caseName(5));
      editFolds(d, "default", (fold) => ({
        ...fold,
        train: without(fold.train),
        val: without(fold.val),
      }));
    },
    [["error", "case-in-no-fold", ["case_005_seg"], [], []]],
  ],
  [
    "cases that splits_final.json leaves out, but for the folds that nnU-Net draws and fold all",
    (d) =>
      editFolds(d, "splits_final.json", (fold) =>
        fold.name === "0"
          ? { ...fold, train: fold.train.filter((name) => name !== "case_001" && name !== "case_002") }
          : fold.name === "all"
            ? fold
            : { ...fold, drawn: true },
      ),
    [["warning", "case-in-no-fold", names(1, 2), [], []]],
  ],
  [
    "a case that nnU-Net does not find, and splits_final.json rightly leaves out",
    (d) => {
      editCase(d, 1, { images: ["imagesTr/case_001_0000.nii"] });
      const without = (cases: readonly string[]) => cases.filter((name) => name !== "case_001");
      editFolds(d, "splits_final.json", (fold) => ({
        ...fold,
        train: without(fold.train),
        val: without(fold.val),
      }));
    },
    [
      ["error", "training-cases", [], [], []],
      ["warning", "file-ending", names(1), [], []],
    ],
  ],
  [
    "cases on both sides of folds of splits_final.json",
    (d) =>
      editFolds(d, "splits_final.json", (fold) => {
        const added = { "1": names(0), "2": names(0, 4), "3": names(0) }[fold.name] ?? [];
        return { ...fold, train: [...names(0, 4), ...fold.train], val: [...added, ...fold.val] };
      }),
    [
      ["warning", "fold-overlap", names(0), ["0", "1", "3"], []],
      ["warning", "fold-overlap", names(0, 4), ["2"], []],
      ["warning", "fold-overlap", names(4), ["4"], []],
    ],
  ],
  ["a label in no case", (d) => absent(d, "tumour", []), [["warning", "label-unseen", [], [], ["tumour"]]]],
  [
    "a region in three cases, of which one fold validates two",
    (d) => absent(d, "tumour", [0, 5, 6]),
    [
      ["warning", "region-rare", names(0, 5, 6), [], ["tumour"]],
      ["warning", "region-missing-in-fold", names(0, 5, 6), ["2", "3", "4"], ["tumour"]],
    ],
  ],
  [
    "a region that only one fold's validation cases have",
    (d) => absent(d, "spleen", [2, 7, 12, 17, 22, 27]),
    [
      ["error", "region-missing-in-fold", names(2, 7, 12, 17, 22, 27), ["2"], ["spleen"]],
      ["warning", "region-missing-in-fold", names(2, 7, 12, 17, 22, 27), ["0", "1", "3", "4"], ["spleen"]],
    ],
  ],
  [
    "two labels that are only together",
    (d) => {
      absent(d, "tumour", [0, 1, 2, 3, 4, 5, 6, 7]);
      absent(d, "spleen", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    },
    [["info", "labels-together", names(0, 1, 2, 3, 4, 5, 6, 7), [], []]],
  ],
  [
    "unexpected labels",
    (d) => {
      for (const i of [11, 12])
        change(d, i, (r) => ({ ...r, findings: [reported("error", "label-unexpected", { labels: [9] })] }));
    },
    [["error", "label-unexpected", names(11, 12), [], []]],
  ],
  [
    "background alone, in two cases that are equal",
    (d) => {
      for (const i of [13, 14]) {
        for (const region of REGION_NAMES) changeRegion(d, i, region, { voxels: 0 });
        change(d, i, (r) => ({
          ...r,
          findings: [reported("warning", "background-only"), reported("info", "region-absent")],
          stored: { ...r.stored, labelsHash: "empty" },
        }));
      }
    },
    [["warning", "background-only", names(13, 14), [], []]],
  ],
  ...(
    [
      ["spacing", { spacing: [5, 1.5, 1.5] }],
      ["shape", { shape: [30, 256, 256] }],
      ["orientation", { orientation: "RPS" }],
    ] as const
  ).map(
    ([what, grid]): Planted => [
      `another ${what}`,
      (d) =>
        change(d, 15, (r) => ({
          ...r,
          stored: { ...r.stored, labels: { ...r.stored.labels, ...grid } },
        })),
      [["warning", "outlier-geometry", names(15), [], []]],
    ],
  ),
  [
    "another reader",
    (d) => change(d, 16, (r) => ({ ...r, stored: { ...r.stored, reader: "NibabelIO" } })),
    [["warning", "outlier-geometry", names(16), [], []]],
  ],
  [
    "a volume ten times as large, and one a tenth",
    (d) => {
      changeRegion(d, 17, "spleen", { ml: 9900 });
      changeRegion(d, 18, "spleen", { ml: 99 });
    },
    [["warning", "outlier-volume", names(17, 18), [], ["spleen"]]],
  ],
  [
    "specks",
    (d) => changeRegion(d, 19, "liver", { components: 13, specks: 12 }),
    [["warning", "outlier-volume", names(19), [], ["liver"]]],
  ],
  [
    "organs on the other side",
    (d) => {
      changeRegion(d, 20, "liver", { centre: [-55, 10, 20] });
      changeRegion(d, 20, "spleen", { centre: [70, 10, 20] });
    },
    [["warning", "outlier-side", names(20), [], ["liver", "spleen"]]],
  ],
  [
    "left and right exchanged",
    (d) => {
      const kidneys = ["kidney_left", "kidney_right"];
      changeRegion(d, 21, "kidney_left", { centre: [53, 10, 20] });
      changeRegion(d, 21, "kidney_right", { centre: [-47, 10, 20] });
      change(d, 21, (r) => ({ ...r, findings: [reported("error", "sides", { regions: kidneys })] }));
    },
    [["error", "sides", names(21), [], ["kidney_left", "kidney_right"]]],
  ],
  [
    "regions that vanish",
    (d) => {
      const vanishes = (code: string, severity: "error" | "warning") =>
        reported(severity, code, { regions: ["tumour"] });
      change(d, 22, (r) => ({ ...r, findings: [vanishes("region-vanishes", "warning")] }));
      change(d, 23, (r) => ({ ...r, findings: [vanishes("vanishes-in-resampling", "error")] }));
    },
    [
      ["error", "vanishes-in-resampling", names(23), [], ["tumour"]],
      ["warning", "region-vanishes", names(22), [], ["tumour"]],
    ],
  ],
  [
    "another definition in the preprocessed folder",
    (d) =>
      edit(d, {
        preprocessedDefinition: JSON.stringify({ ...DEFINITION, regions_class_order: [2, 1, 3, 4, 5] }),
      }),
    [["error", "definition-outdated", [], [], []]],
  ],
  [
    "predictions missing, on another grid, unreadable, and with other labels",
    (d) =>
      predicted(d, (i) => {
        if (i === 24) return { refused: reported("error", "prediction-missing") };
        if (i === 25) return { refused: reported("error", "prediction-grid") };
        if (i === 27 || i === 28) return { refused: reported("error", "prediction-unreadable") };
        if (i === 26) return { ...good(), findings: [reported("warning", "any", { labels: [7] })] };
        return good();
      }),
    [
      ["error", "prediction-missing", names(24), [], []],
      ["error", "prediction-grid", names(25), [], []],
      ["error", "prediction-unreadable", names(27, 28), [], []],
      ["warning", "prediction-labels", names(26), [], []],
    ],
  ],
  [
    "a case that cannot be read",
    (d) => {
      d.records[27] = unreadable(27, "case_027.nii.gz: it is cut off.");
    },
    [["error", "case-unreadable", names(27), [], []]],
  ],
];

describe("one fault in 30 cases", () => {
  test.each(PLANTED)("%s", (_, plant, expected) => {
    const dataset = healthyDataset();
    plant(dataset);
    const summary = summaryOf(dataset);
    expect(brief(summary)).toEqual(expected);
    expect(summary.caseFindings).toEqual([]);
  });

  test("every message is plain sentences without holes", () => {
    for (const [what, plant] of PLANTED) {
      const dataset = healthyDataset();
      plant(dataset);
      for (const { title, message } of summaryOf(dataset).findings) {
        expect(`${title} ${message}`, what).not.toMatch(/undefined|NaN|null|\[object| {2}|“”|\.\./);
        expect(title, what).not.toMatch(/[.:]$/);
        if (!message.startsWith("Message of"))
          expect(message, what).toMatch(/^(?:[A-Z“\d]|case_|nnU-Net|dataset\.json)[\s\S]*\.$/);
      }
    }
  });
});

test("faults of several kinds at once are all found", () => {
  const dataset = healthyDataset();
  const wanted = [
    "a case for training and testing",
    "another orientation",
    "specks",
    "left and right exchanged",
  ];
  for (const [what, plant] of PLANTED) if (wanted.includes(what)) plant(dataset);
  expect(brief(summaryOf(dataset)).map(([, code, cases]) => [code, cases])).toEqual([
    ["sides", names(21)],
    ["case-in-test", names(8)],
    ["outlier-geometry", names(15)],
    ["outlier-volume", names(19)],
  ]);
});

describe.each([0, 1, 4, 5])("%i cases", (n) => {
  test("give a summary without false findings", () => {
    const dataset = healthyDataset(n);
    const summary = summaryOf(dataset);
    const codes = summary.findings.map(({ code }) => code);
    // A numTraining of 0 is wrong by itself.
    expect(codes).toEqual([...(n === 0 ? ["training-cases"] : []), ...(n < 5 ? ["no-split"] : [])]);
    expect(summary.cases).toHaveLength(n);
    expect(summary.regions.map(({ name, cases }) => [name, cases])).toEqual(
      REGION_NAMES.map((name) => [name, n]),
    );
    expect(casesTable(summary).split("\n")).toHaveLength(5 * n + 2);
    expect(foldsTable(summary).split("\n")).toHaveLength(5 * summary.splits.folds.length + 2);
    expect(summary.splits.folds).toHaveLength(n === 5 ? 6 : n === 0 ? 0 : 1);
    expect(JSON.parse(summaryJson(summary))).toEqual(summary);
  });
});

test("where a region is validated, fold all is not named", () => {
  const dataset = healthyDataset();
  absent(dataset, "spleen", [2, 7, 12, 17, 22, 27]);
  const [found] = summaryOf(dataset).findings;
  expect(found?.message).toContain(
    "Fold 2 validates case_002, case_007, case_012 and 3 more, which have it. Write a splits_final.json",
  );
});

test("cases that have what a fold lacks are not said to have an error", () => {
  const dataset = healthyDataset();
  absent(dataset, "spleen", [2, 7, 12, 17, 22, 27]);
  const summary = summaryOf(dataset);
  expect(summary.counts.worst).toMatchObject({ error: 0, warning: 0 });
  expect(summary.cases[2]?.worst?.code).not.toBe("region-missing-in-fold");
});

test("the same records in another order give the same bytes", () => {
  const dataset = healthyDataset();
  predicted(dataset, good);
  const { check, records } = dataset;
  const texts = [records, records.toReversed(), [...records.slice(11), ...records.slice(0, 11)]].map(
    (some) => {
      const summary = summaryOf({ check, records: some });
      return [casesTable(summary), foldsTable(summary), summaryJson(summary)];
    },
  );
  expect(texts[1]).toEqual(texts[0]);
  expect(texts[2]).toEqual(texts[0]);
});

test("the middle of the body is found on the axes of the file, whatever the plans make of them", () => {
  const plant = PLANTED.find(([what]) => what === "organs on the other side")?.[1];
  const dataset = healthyDataset();
  plant?.(dataset);
  for (let i = 0; i < 30; i++)
    change(dataset, i, (r) => ({
      ...r,
      stored: {
        ...r.stored,
        labels: { ...r.stored.labels, shape: [256, 100, 256], spacing: [1.5, 2, 1.5], orientation: "SRP" },
      },
    }));
  // File axes 2, 1, 0 run to S, R and P; the plans put axis 1 first.
  const [found, ...others] = summaryOf(dataset, [1, 2, 0]).findings;
  expect(others).toEqual([]);
  expect(found).toMatchObject({ code: "outlier-side", cases: names(20), regions: ["liver", "spleen"] });
  expect(found?.message).toContain("mm to the patient's left");
});

describe("sentences fit the number of cases", () => {
  const messageOf = (dataset: Dataset, code: string) =>
    summaryOf(dataset).findings.find((one) => one.code === code)?.message;

  test("a label that the only case lacks", () => {
    const dataset = healthyDataset(1);
    changeRegion(dataset, 0, "spleen", { voxels: 0 });
    expect(messageOf(dataset, "label-unseen")).toContain(
      "but no voxel of the one case has it. “spleen” has no voxel anywhere, so the network learns",
    );
  });

  test("a label in no case that was read", () => {
    const dataset = healthyDataset();
    absent(dataset, "spleen", []);
    dataset.records.pop();
    expect(messageOf(dataset, "label-unseen")).toContain(
      "but no voxel of the 29 cases that were read has it. Remove it",
    );
  });

  test("a region in fewer cases than one in a hundred, but enough for every fold", () => {
    const dataset = healthyDataset(1500);
    for (let i = 10; i < 1500; i++) changeRegion(dataset, i, "spleen", { voxels: 0 });
    const [found] = summaryOf(dataset).findings;
    expect(found?.title).toBe("“spleen” is in only 10 of 1,500 cases");
    expect(found?.message).toContain(
      "and 5 more, of the 1,500 cases: fewer than one in a hundred, so that training seldom draws one of them.",
    );
  });

  test("four cases that cannot be read", () => {
    const dataset = healthyDataset(4);
    dataset.records = [0, 1, 2, 3].map((i) => unreadable(i, `Sentence ${i}.`));
    expect(messageOf(dataset, "case-unreadable")).toBe(
      "case_000, case_001, case_002 and case_003 could not be checked, and nothing here counts them. " +
        "Sentence 0. Sentence 1. Sentence 2. The lines of the others say what is wrong with them.",
    );
  });
});

test("a missing record is a name, and no finding is made of it", () => {
  const dataset = healthyDataset();
  dataset.records.splice(3, 2);
  const summary = summaryOf(dataset);
  expect(summary.missing).toEqual(names(3, 4));
  expect(summary.counts).toMatchObject({ cases: 30, checked: 28, missing: 2, unreadable: 0 });
  expect(summary.findings).toEqual([]);
  expect(summary.cases[3]).toMatchObject({ name: "case_003", status: "missing", sentence: null });
  expect(casesTable(summary)).toContain("case_003\tmissing\t\t\t\t\t\t\t\t\n");
});

test("a label that only resampling loses is not called unseen", () => {
  const dataset = healthyDataset();
  for (let i = 0; i < 30; i++)
    change(dataset, i, (r) => ({
      ...r,
      grid: "trained",
      case: { ...r.case, labels: r.case.labels.filter(({ value }) => value !== 1) },
    }));
  expect(summaryOf(dataset).findings).toEqual([]);
});

test("nothing is said of what a selection of cases lacks", () => {
  const dataset = healthyDataset(3);
  edit(dataset, { options: { ...dataset.check.options, cases: names(0, 1, 2) } });
  define(dataset, { numTraining: 30 });
  absent(dataset, "tumour", []);
  expect(summaryOf(dataset).findings).toEqual([]);
});

test("scores that are no number are left out of means, and empty in tables", () => {
  const dataset = healthyDataset();
  predicted(dataset, (i) => ({
    regions: REGION_NAMES.map((_, r) => score(r > 0 ? 0.5 : i === 0 ? null : i === 1 ? Number.NaN : i / 100)),
    findings: [],
  }));
  const summary = summaryOf(dataset);
  const known = Array.from({ length: 28 }, (_, i) => (i + 2) / 100);
  expect(summary.regions[0]?.prediction?.dice).toMatchObject({ count: 28, min: 0.02, max: 0.29 });
  expect(summary.regions[0]?.prediction?.dice?.mean).toBeCloseTo(known.reduce((a, b) => a + b) / 28, 12);
  const rows = casesTable(summary).split("\n");
  expect(rows[0]?.split("\t").slice(-6)).toEqual([
    "dice",
    "hd95_mm",
    "nsd",
    "hits",
    "reference_components",
    "false_components",
  ]);
  expect(rows[1]?.split("\t").slice(-6)).toEqual(["", "", "", "1", "1", "0"]);
  expect(rows[6]?.split("\t").slice(-6)).toEqual(["", "2", "", "1", "1", "0"]);
  expect(summaryJson(summary)).not.toContain("NaN");
});

test("tables keep one line a row, whatever regions are called", () => {
  const dataset = healthyDataset(5);
  const odd = 'left\tlung\n"upper" \\ lobe';
  define(dataset, { labels: { background: 0, [odd]: 1 }, regions_class_order: undefined, numTraining: 5 });
  dataset.records = dataset.records.map((record) =>
    record.status === "ok"
      ? {
          ...record,
          regions: [{ name: odd, labels: [1], classOrder: null, ignore: false }],
          regionFacts: record.regionFacts.slice(0, 1),
          stored: { ...record.stored, labelValues: [1] },
        }
      : record,
  );
  const [, first, ...rest] = casesTable(summaryOf(dataset)).split("\n");
  expect(rest).toHaveLength(5);
  expect(first?.split("\t")[2]).toBe('"left\\tlung\\n""upper"" \\\\ lobe"');
});

test("vanishing is told by the first scale that the loss uses, or by resampling", () => {
  const dataset = healthyDataset();
  change(dataset, 0, (r) => ({
    ...r,
    scales: r.scales.map((scale, s) => ({
      ...scale,
      regionVoxels: (scale.regionVoxels ?? []).map((n, c) =>
        c === 1 && s === 1 ? 0 : c === 2 && s === 2 ? 0 : n,
      ),
    })),
  }));
  change(dataset, 1, (r) => ({
    ...r,
    grid: "trained",
    scales: r.scales.map((scale) => ({
      ...scale,
      regionVoxels: (scale.regionVoxels ?? []).map((n, c) => (c === 1 ? 0 : n)),
    })),
  }));
  const { cases, regions } = summaryOf(dataset);
  const [first, second] = cases;
  expect(first?.status === "ok" && first.vanishesAt).toEqual([null, 1, null, null, null]);
  expect(second?.status === "ok" && second.vanishesAt).toEqual([null, "resampling", null, null, null]);
  expect(regions[1]).toMatchObject({ vanishesAtScale: 1, vanishesInResampling: 1 });
});

test("findings of the reports are gathered, and notes only where every case has them", () => {
  const dataset = healthyDataset();
  for (let i = 0; i < 30; i++)
    change(dataset, i, (r) => ({
      ...r,
      findings: [
        reported("info", "sides"),
        ...(i < 3 ? [{ ...reported("error", "spacing-mismatch"), message: `Message ${i}.` }] : []),
        ...(i === 4 ? [reported("info", "no-orientation")] : []),
      ],
    }));
  const summary = summaryOf(dataset);
  expect(summary.findings).toEqual([]);
  expect(summary.caseFindings).toMatchObject([
    { code: "spacing-mismatch", cases: names(0, 1, 2), message: "3 of 30 cases; in case_000: Message 0." },
    { code: "sides", cases: all, message: "Message of sides." },
  ]);
  expect(summary.cases[0]).toMatchObject({ worst: { code: "spacing-mismatch" }, errors: 1, notes: 1 });
  expect(summary.counts.worst).toEqual({ error: 3, warning: 0, info: 27 });
});

test("without a definition, the regions are those of all cases", () => {
  const dataset = healthyDataset(6);
  edit(dataset, { definition: null });
  for (let i = 0; i < 6; i++)
    change(dataset, i, (r) => ({
      ...r,
      regions: r.regions.slice(i % 2).map((region) => ({ ...region, labels: region.labels.slice(-1) })),
      regionFacts: r.regionFacts.slice(i % 2),
    }));
  const { regions, cases, findings } = summaryOf(dataset);
  expect(findings[0]).toMatchObject({ severity: "error", code: "no-definition", cases: [] });
  expect(findings[0]?.message).toContain("each label that the cases have counts as a region here");
  expect(regions.map(({ name, cases: n }) => [name, n])).toEqual([
    ["liver", 3],
    ["tumour", 6],
    ["spleen", 6],
    ["kidney_left", 6],
    ["kidney_right", 6],
  ]);
  expect(cases[1]?.status === "ok" && cases[1].voxels[0]).toBeNull();
});
