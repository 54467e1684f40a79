/** Repairs of definitions: which are offered, and what they achieve. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import { effectiveEntries, knownLabels } from "../../domain/dataset/label-entries.ts";
import { regionSetFromDefinition } from "../../domain/dataset/region-set.ts";
import { suggestedOrder } from "../../domain/dataset/suggested-order.ts";
import { misnamedFiles } from "../../domain/findings/file-names.ts";
import type { Finding } from "../../domain/findings/finding.ts";
import { caseFindings, definitionFindings } from "../../domain/findings/findings.ts";
import { decodedAs } from "../../domain/testing/comes-back-as.ts";
import { datasetFolderOf } from "../../domain/testing/dataset-folders.ts";
import { DEFINITION_CASES, textOf } from "../testing/definition-cases.ts";
import { parseDataset } from "./dataset.ts";
import { repairFor } from "./repairs.ts";

const brief = (findings: readonly Finding[], severity: string) =>
  findings
    .filter((f) => f.severity === severity)
    .map((f) => `${f.code} [${f.regions.join()}] [${f.labels.join()}]`);

const count = (findings: readonly Finding[], code: string) => findings.filter((f) => f.code === code).length;

/**
 * Checks the property of every repair: the finding disappears, no error appears, and the result can be parsed
 * again.
 */
function checkRepair(finding: Finding, definition: DatasetDefinition): string | null {
  const repair = repairFor(finding, definition);
  if (!repair) return null;
  const before = definitionFindings(definition);
  const repaired = repair.apply(definition);
  expect(parseDataset(repaired.text, repaired.file)).toEqual(repaired);
  const after = definitionFindings(repaired);
  expect(count(after, finding.code), `${finding.code} after “${repair.action}”`).toBeLessThan(
    count(before, finding.code),
  );
  expect(after.map((f) => f.message)).not.toContain(finding.message);
  for (const { code } of after.filter((f) => f.severity === "error")) {
    expect(count(after, code), `${code} after “${repair.action}”`).toBeLessThanOrEqual(count(before, code));
  }
  return repair.action;
}

describe("definitions", () => {
  it.each(DEFINITION_CASES.map((spec) => [spec.id, spec] as const))("%s", (_, spec) => {
    const definition = parseDataset(textOf(spec), "dataset.json");
    const set = regionSetFromDefinition(definition);
    expect(set.trainsOn).toBe(spec.mode);
    expect(set.regions.map((r) => r.name)).toEqual(spec.channels);

    const labels = knownLabels(effectiveEntries(definition), false).filter((label) => label > 0);
    const changes = labels
      .map((label) => [label, decodedAs(set, label)] as const)
      .filter(([a, b]) => a !== b);
    expect(Object.fromEntries(changes)).toEqual(spec.changes ?? {});
    if (spec.suggested !== undefined) expect(suggestedOrder(definition)).toEqual(spec.suggested);

    const found = definitionFindings(definition);
    expect(brief(found, "error")).toEqual(spec.errors ?? []);
    expect(brief(found, "warning")).toEqual(spec.warnings ?? []);
    expect(brief(found, "info")).toEqual(spec.infos ?? []);

    const offered = new Map<string, string>();
    const some = found.length > 20 ? [...found.slice(0, 2), ...found.slice(-2)] : found;
    for (const finding of some) {
      const label = checkRepair(finding, definition);
      if (label !== null && !offered.has(finding.code)) offered.set(finding.code, label);
    }
    expect(Object.fromEntries(offered)).toEqual(spec.repairs ?? {});
  });

  it("of this test cover every code that a definition can have", () => {
    const codes = DEFINITION_CASES.flatMap((spec) => [spec.errors, spec.warnings, spec.infos])
      .flatMap((found) => found ?? [])
      .map((text) => text.split(" ")[0]);
    expect([...new Set(codes)].sort()).toEqual(
      [
        "labels-empty",
        "background-missing",
        "background-not-zero",
        "labels-inverted",
        "label-duplicate-key",
        "label-defined-negative",
        "label-is-background",
        "label-not-integer",
        "labels-not-consecutive",
        "order-missing",
        "order-length",
        "order-not-integer",
        "order-ignored",
        "parent-after-child",
        "round-trip-wrong",
        "round-trip-merge",
        "region-empty",
        "region-duplicate",
        "region-contains-background",
        "label-shared",
        "ignore-not-highest",
        "ignore-not-integer",
        "ignore-list",
        "ignore-twice",
        "keys-missing",
        "channel-names",
        "file-ending",
      ].sort(),
    );
  });

  it("with 300 regions are checked in less than two seconds", () => {
    for (const spec of DEFINITION_CASES.slice(-2)) {
      const definition = parseDataset(textOf(spec), "dataset.json");
      const start = performance.now();
      definitionFindings(definition);
      expect(performance.now() - start).toBeLessThan(2000);
    }
  });
});

describe("a repair that label files need too", () => {
  const definition = parseDataset('{"labels": {"background": 0, "a": 1}}', "dataset.json");
  const found = (...values: number[]) => {
    const [finding] = caseFindings(regionSetFromDefinition(definition), definition, {
      labels: values.map((value) => ({ value, voxels: 9 })),
      scales: [],
      stridesFrom: "plans",
      configuration: null,
      regionVoxels: null,
      grids: null,
    });
    if (!finding) throw new Error("Nothing was found.");
    return finding;
  };

  it("is offered in part: the ignore label that is to replace 255", () => {
    const repair = repairFor(found(0, 1, 255), definition);
    expect(repair?.action).toBe("Add “ignore”: 2, to replace 255 in the label files");
    expect(repair?.apply(definition).text).toBe('{"labels": {"background": 0, "a": 1, "ignore": 2}}');
  });

  it("is not offered if dataset.json stays unchanged or its new content is not known", () => {
    expect(repairFor(found(0, 2), definition)).toBeNull();
    expect(repairFor(found(0, 1, 2), definition)).toBeNull();
  });
});

describe("two names for one label", () => {
  const definition = parseDataset(
    '{"labels": {"background": 0, "a": 1, "b": 1, "c": 2}, "channel_names": {"0": "CT"}, "numTraining": 1, "file_ending": ".nii.gz"}',
    "dataset.json",
  );
  const found = (...present: number[]) => {
    const [finding] = definitionFindings(definition, null, present);
    if (finding?.code !== "region-duplicate") throw new Error("Nothing was found.");
    return { finding, action: repairFor(finding, definition)?.action };
  };

  it("are reduced to one, unless the other may be meant for a label without an entry", () => {
    expect(found(1, 2).action).toBe("Remove “b” and keep “a”");
    const { finding, action } = found(1, 2, 3);
    expect(action).toBeUndefined();
    expect(finding.message).toBe(
      "“a” and “b” are 2 names for label 1, and nnU-Net trains one class for it. Label 3 is in the volume but in no entry, so one of these names " +
        "may be meant for it: correct its number.",
    );
  });
});

describe("a file that nnU-Net does not find", () => {
  const misnamed = {
    caseName: "a",
    labels: null,
    image: { from: "a.nii.gz", to: "a_0000.nii.gz", fault: "no-number", others: 0, isOneMore: false },
    exchanged: null,
    cases: 1,
  } as const;
  const folder = datasetFolderOf({ misnamed });
  const files = { labels: "a.nii.gz", ending: ".nii.gz", folder };
  const read = (ending: string) =>
    parseDataset(
      `{"channel_names": {"0": "CT"}, "numTraining": 1, "labels": {"background": 0, "a": 1}, "file_ending": "${ending}"}`,
      "dataset.json",
    );

  it("has no repair in dataset.json, and other findings keep theirs", () => {
    for (const ending of [".nii.gz", ".nii"]) {
      const definition = read(ending);
      expect(repairFor(misnamedFiles(misnamed), definition, files)).toBeNull();
      const offered = definitionFindings(definition, files).map(
        (finding) => repairFor(finding, definition, files)?.action,
      );
      expect(offered).toEqual(ending === ".nii" ? ["Write “file_ending”: “.nii.gz”"] : []);
    }
  });
});

describe("repairs of the reference definitions", () => {
  interface Reference {
    readonly id: string;
    readonly labels: unknown;
    readonly regions_class_order?: unknown;
  }
  const file = new URL("../../domain/fixtures/regions/cases.json", import.meta.url);
  const cases = JSON.parse(readFileSync(file, "utf8")) as Reference[];
  const labelsOf = ({ labels, regions_class_order }: Reference) => {
    const rest = { channel_names: { "0": "CT" }, numTraining: 1, file_ending: ".nii.gz" };
    const text = JSON.stringify({ labels, regions_class_order, ...rest });
    const definition = parseDataset(text, "dataset.json");
    return definitionFindings(definition).map((f) => [f.code, checkRepair(f, definition)]);
  };

  it.each(cases.map((spec) => [spec.id, spec] as const))("%s", (id, spec) => {
    expect(Object.fromEntries(labelsOf(spec))).toEqual(EXPECTED[id] ?? {});
  });

  const EXPECTED: Readonly<Record<string, Readonly<Record<string, string | null>>>> = {
    "order-permutes-labels": {
      "round-trip-wrong": "Set regions_class_order to [4, 2, 1]",
      "round-trip-merge": null,
    },
    "order-not-int": {
      "order-not-integer":
        "Write one label per region in regions_class_order: 1 for “catheter”, 4 for “vessel”, 5 for “wire”",
    },
    "order-missing": { "order-missing": "Add regions_class_order [1, 1, 2]" },
    "order-length": {
      "order-length": "Set regions_class_order to [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, …]",
    },
    "shared-child-in-all-parents": { "label-shared": null },
    "lossy-merge": { "round-trip-merge": null },
    "singleton-lists-disable-regions": { "order-ignored": "Remove regions_class_order, which is not used" },
    "alphabetical-keys": {
      "parent-after-child": "Write parents first: “whole tumor”, “tumor core”, “enhancing tumor”",
      "round-trip-merge": "Write parents first: “whole tumor”, “tumor core”, “enhancing tumor”",
    },
    "v1-label-direction": { "labels-inverted": "Swap name and number in every entry" },
    "no-background": { "background-missing": "Add “background”: 0 as the first entry" },
    "ignore-gap-or-duplicate-key": { "ignore-not-highest": null },
    "non-consecutive": { "labels-not-consecutive": null, "round-trip-merge": null },
  };
});
