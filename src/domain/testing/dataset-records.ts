/** Builds what a check writes about a healthy dataset, for tests to plant faults in. */

import type { Region } from "../dataset/region-set.ts";
import type { CaseRecord, CheckedCase, RegionFacts, StoredGrid } from "../dataset-check/case-record.ts";
import type { CheckFile, Fold, ListedCase } from "../dataset-check/check-file.ts";
import type { Finding, Severity } from "../findings/finding.ts";
import type { Triple } from "../geometry/grid.ts";

/** Voxels of each region in a usual case, and its distance in mm to the patient's right of the middle. */
const USUAL: readonly (readonly [name: string, labels: readonly number[], voxels: number, right: number])[] =
  [
    ["liver", [1, 2], 1_500_000, 60],
    ["tumour", [2], 12_000, 55],
    ["spleen", [3], 220_000, -70],
    ["kidney_left", [4], 150_000, -50],
    ["kidney_right", [5], 155_000, 50],
  ];

export const REGION_NAMES = USUAL.map(([name]) => name);

export const DEFINITION = {
  channel_names: { "0": "CT" },
  labels: {
    background: 0,
    ...Object.fromEntries(USUAL.map(([name, labels]) => [name, labels.length > 1 ? labels : labels[0]])),
  },
  regions_class_order: [1, 2, 3, 4, 5],
  numTraining: 30,
  file_ending: ".nii.gz",
};

const REGIONS: readonly Region[] = USUAL.map(([name, labels], channel) => ({
  name,
  labels,
  classOrder: channel + 1,
  ignore: false,
}));

const LABELS = [0, 1, 2, 3, 4, 5];
const SHAPE: Triple = [100, 256, 256];
const SPACING: Triple = [2, 1.5, 1.5];
const MIDDLE = 3.5;

export const caseName = (i: number) => `case_${String(i).padStart(3, "0")}`;

/** Numbers between -1 and 1 that look random and are always the same. */
function noise(i: number): number {
  return 2 * ((Math.abs(Math.sin(i * 12.9898) * 43758.5453) % 1) - 0.5);
}

function recordOf(i: number): CheckedCase {
  const name = caseName(i);
  const stored: StoredGrid = {
    shape: SHAPE,
    spacing: SPACING,
    orientation: "RAS",
    origin: [MIDDLE - (255 * 1.5) / 2, -100, -50],
  };
  const regionFacts = USUAL.map(([, , voxels, right], r): RegionFacts => {
    const own = Math.round(voxels * (1 + 0.15 * noise(i * 31 + r)));
    return {
      voxels: own,
      ml: (own * 4.5) / 1000,
      components: 1,
      specks: 0,
      centre: [MIDDLE + right + 4 * noise(i * 17 + r), 10, 20],
    };
  });
  const counts = regionFacts.map(({ voxels }) => voxels);
  return {
    schema: "regionscope.report/1",
    status: "ok",
    inputs: [],
    adapter: null,
    case: {
      name,
      shape: SHAPE,
      spacing: SPACING,
      orientation: "RAS",
      labels: LABELS.map((value) => ({ value, voxels: 1000 })),
    },
    grid: "stored",
    resampling: null,
    reader: "SimpleITKIO",
    mode: "nearest-exact",
    configuration: null,
    stridesFrom: "guess",
    trainer: "default",
    path: "label-first",
    pathReason: "",
    regions: REGIONS,
    scales: [1, 2, 4].map((factor, s) => ({
      factors: [factor, factor, factor],
      shape: SHAPE,
      lossWeight: [0.667, 0.333, 0][s] ?? 0,
      regionVoxels: counts.map((n) => Math.floor(n / factor ** 3)),
    })),
    patches: null,
    findings: [],
    notices: [],
    verified: null,
    relations: { unit: "voxels", comparedRegions: 5, sharingPairs: 0, pairs: [] },
    survival: null,
    stored: {
      labelsHash: `hash of ${name}`,
      labelValues: LABELS,
      labels: stored,
      image: stored,
      reader: "SimpleITKIO",
    },
    regionFacts,
    prediction: null,
  };
}

function listedCase(i: number): ListedCase {
  const name = caseName(i);
  return {
    name,
    labels: `labelsTr/${name}.nii.gz`,
    images: [`imagesTr/${name}_0000.nii.gz`],
    prediction: null,
  };
}

/** Every fifth case validates, from 5 cases on. */
function foldsOf(names: readonly string[]): Fold[] {
  const all = names.length > 0 ? [{ name: "all", train: names, val: names }] : [];
  if (names.length < 5) return all;
  const numbered = [0, 1, 2, 3, 4].map((fold) => ({
    name: String(fold),
    train: names.filter((_, i) => i % 5 !== fold),
    val: names.filter((_, i) => i % 5 === fold),
  }));
  return [...numbered, ...all];
}

function checkFileOf(n: number): CheckFile {
  const cases = Array.from({ length: n }, (_, i) => listedCase(i));
  return {
    schema: "regionscope.check/1",
    version: "0.1.0",
    dataset: "Dataset001_Abdomen",
    options: {
      configuration: null,
      trainer: "default",
      reader: null,
      mode: "nearest-exact",
      grid: "stored",
      cases: null,
      predictions: false,
      toleranceMm: 1,
    },
    definition: JSON.stringify({ ...DEFINITION, numTraining: n }),
    plans: null,
    preprocessedDefinition: null,
    cases,
    testCases: [],
    splits: {
      from: n < 5 ? "none" : "default",
      folds: foldsOf(cases.map(({ name }) => name)),
      refused: n < 5 ? `nnU-Net makes five folds and stops with ${n} cases. Add cases.` : null,
    },
  };
}

export interface Dataset {
  check: CheckFile;
  records: CaseRecord[];
}

export function healthyDataset(n = 30): Dataset {
  return { check: checkFileOf(n), records: Array.from({ length: n }, (_, i) => recordOf(i)) };
}

/** Replaces the record of a case that was read. */
export function change(dataset: Dataset, i: number, edit: (record: CheckedCase) => CheckedCase): void {
  const record = dataset.records[i];
  if (record?.status === "ok") dataset.records[i] = edit(record);
}

/** Replaces what is known of one region of a case; without voxels, its own labels are gone too. */
export function changeRegion(dataset: Dataset, i: number, name: string, facts: Partial<RegionFacts>): void {
  change(dataset, i, (record) => {
    const channel = REGION_NAMES.indexOf(name);
    const isGone = facts.voxels === 0;
    const own = REGIONS[channel]?.labels ?? [];
    return {
      ...record,
      regionFacts: record.regionFacts.map((one, r) =>
        r === channel ? { ...one, ...facts, ...(isGone ? { ml: 0, components: 0, centre: null } : {}) } : one,
      ),
      scales: record.scales.map((scale) => ({
        ...scale,
        regionVoxels: (scale.regionVoxels ?? []).map((n, r) => (r === channel && isGone ? 0 : n)),
      })),
      stored: {
        ...record.stored,
        labelValues: record.stored.labelValues.filter((value) => !(isGone && own.includes(value))),
      },
    };
  });
}

export function reported(
  severity: Severity,
  code: string,
  { regions = [], labels = [] }: Partial<Pick<Finding, "regions" | "labels">> = {},
): Finding {
  return { severity, code, title: `Title of ${code}`, message: `Message of ${code}.`, regions, labels };
}
