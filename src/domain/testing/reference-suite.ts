/**
 * Defines the tests for a folder of reference results: the project's own small set, or the full set if
 * present.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { regionSetFromDefinition } from "../dataset/region-set.ts";
import { regionTable } from "../dataset/region-table.ts";
import { roundTrip } from "../dataset/round-trip.ts";
import { suggestedOrder } from "../dataset/suggested-order.ts";
import { checkSplits } from "../dataset-check/splits.ts";
import { definitionFindings } from "../findings/findings.ts";
import { type Triple, voxelCount } from "../geometry/grid.ts";
import {
  axisTables,
  roundHalfEven,
  type SamplingMode,
  scalesOf,
  sourceIndices,
} from "../targets/deep-supervision.ts";
import { countRegions, downsample, encodeWords } from "../targets/reference.ts";
import { volumeFromLabels } from "../volume/volume-from-labels.ts";
import { decodedAs } from "./comes-back-as.ts";
import { definitionOf } from "./definitions.ts";

interface Target {
  readonly mode: SamplingMode;
  readonly scale_index: number;
  readonly shape_zyx: Triple;
  readonly labels_file?: string;
  readonly region_voxels?: readonly number[];
  readonly collapses?: boolean;
}

interface Manifest {
  readonly cases: readonly {
    readonly name: string;
    readonly shape_zyx: Triple;
    readonly labels_file: string;
    readonly strides: readonly Triple[];
    readonly regions: readonly (readonly number[])[];
    readonly targets: readonly Target[];
  }[];
  readonly index_1d: {
    readonly factors: readonly number[];
    readonly max_length?: number;
    readonly lengths?: readonly number[];
    readonly files: Readonly<Record<SamplingMode, string>>;
  };
}

interface DefinitionCase {
  readonly id: string;
  readonly labels: Readonly<Record<string, unknown>>;
  readonly regions_class_order?: readonly unknown[];
  readonly labelmanager: {
    readonly mode?: "regions" | "labels";
    readonly heads?: number;
    readonly target_channels?: number;
  };
  readonly oracle_round_trip?: Readonly<Record<string, number>>;
  readonly lossless?: boolean;
  readonly expected_findings: { readonly error: readonly string[]; readonly warning: readonly string[] };
  readonly suggested_order?: readonly number[];
}

/** Positions of the validation cases of each fold, or their SHA-256, by number of cases. */
interface Splits {
  readonly folds: Readonly<Record<string, readonly (readonly number[])[]>>;
  readonly sha256?: Readonly<Record<string, string>>;
}

const json = (file: URL): unknown => JSON.parse(readFileSync(file, "utf8"));

function words16(file: URL): Uint16Array {
  const bytes = new Uint8Array(readFileSync(file));
  return new Uint16Array(bytes.buffer, 0, bytes.length / 2);
}

/** `folder` ends with a slash and contains `downsampling/`, `regions/` and `splits/`. */
export function describeReference(folder: URL): void {
  describe("downsampling agrees with torch and scikit-image", () =>
    downsamplingTests(new URL("downsampling/", folder)));
  describe("definitions agree with LabelManager", () =>
    definitionTests(new URL("regions/cases.json", folder)));
  describe("folds agree with scikit-learn", () => splitTests(new URL("splits/splits.json", folder)));
}

function splitTests(file: URL): void {
  const { folds, sha256 = {} } = json(file) as Splits;
  it.each(Object.entries(folds))("of %s cases", (count, expected) => {
    expect(validationPositions(Number(count))).toEqual(expected);
  });
  it.each(Object.entries(sha256))("of %s cases", (count, hash) => {
    const text = JSON.stringify(validationPositions(Number(count)));
    expect(createHash("sha256").update(text).digest("hex")).toBe(hash);
  });
}

/** Folds 0 to 4 of so many cases; all other cases must be those to train on. */
function validationPositions(count: number): number[][] {
  const names = Array.from({ length: count }, (_, i) => `case_${`${i}`.padStart(4, "0")}`);
  const splits = checkSplits([...names].reverse(), null);
  expect(splits).toMatchObject({ from: "default", refused: null });
  expect(splits.folds.map(({ name }) => name)).toEqual(["0", "1", "2", "3", "4", "all"]);
  expect(splits.folds[5]).toEqual({ name: "all", train: names, val: names });
  return splits.folds.slice(0, 5).map(({ train, val }) => {
    expect(train).toEqual(names.filter((name) => !val.includes(name)));
    return val.map((name) => names.indexOf(name));
  });
}

function downsamplingTests(folder: URL): void {
  const manifest = json(new URL("manifest.json", folder)) as Manifest;
  const { factors, max_length, lengths, files } = manifest.index_1d;

  for (const mode of ["nearest-exact", "resize-segmentation"] as const) {
    it(`has every source index of ${mode}`, () => {
      const expected = words16(new URL(files[mode], folder));
      let at = 0;
      for (const n of lengths ?? Array.from({ length: max_length ?? 0 }, (_, i) => i + 1))
        for (const factor of factors) {
          const got = sourceIndices(n, roundHalfEven(n * (1 / factor)), mode);
          const run = expected.subarray(at, at + got.length);
          at += got.length;
          if (got.some((v, i) => v !== run[i]))
            expect([...got], `length ${n}, factor ${factor}`).toEqual([...run]);
        }
      expect(at).toBe(expected.length);
    });
  }

  for (const spec of manifest.cases) {
    it(`shrinks ${spec.name} at every scale, both modes`, () => {
      const shape = spec.shape_zyx;
      const labels = words16(new URL(spec.labels_file, folder));
      const scales = scalesOf(shape, spec.strides);
      // The reference treats -1 as an ordinary label; nnU-Net has turned it into 0 by then.
      const regions = spec.regions.map((its) => ({
        name: its.join(),
        labels: its.includes(-1) ? [] : its,
        classOrder: null,
        ignore: false,
      }));
      const volume = volumeFromLabels({ shape, toWorld: [] }, new Int16Array(labels.buffer));
      const words = encodeWords(volume, regionTable(volume.palette, regions));
      for (const target of spec.targets) {
        const scale = scales[target.scale_index];
        if (!scale) throw new Error(`no scale ${target.scale_index}`);
        expect(scale.shape).toEqual(target.shape_zyx);
        expect(scale.collapses).toBe(target.collapses ?? false);
        if (!target.labels_file) continue;
        const tables = axisTables(shape, scale, target.mode);
        const got = downsample(labels, shape, tables);
        const expected = words16(new URL(target.labels_file, folder));
        expect(got.length).toBe(expected.length);
        const where = `${target.mode}, scale ${target.scale_index}: first difference`;
        expect(
          got.findIndex((v, i) => v !== expected[i]),
          where,
        ).toBe(-1);
        const voxels = voxelCount(scale.shape);
        const wordPlanes = Array.from({ length: words.length / labels.length }, (_, w) => [
          ...downsample(words.subarray(w * labels.length, (w + 1) * labels.length), shape, tables),
        ]);
        const counts = countRegions(Uint32Array.from(wordPlanes.flat()), voxels, regions.length);
        spec.regions.forEach((its, r) => {
          if (!its.includes(-1)) expect(counts[r]).toBe(target.region_voxels?.[r]);
        });
      }
    });
  }
}

function definitionTests(file: URL): void {
  for (const spec of json(file) as DefinitionCase[]) {
    it(spec.id, () => {
      const definition = definitionOf(spec.labels, spec.regions_class_order ?? null);
      const set = regionSetFromDefinition(definition);
      const { mode, heads, target_channels } = spec.labelmanager;
      if (mode) expect(set.trainsOn).toBe(mode);
      // Softmax training has a head for background and one target; here each label is a channel.
      if (mode === "labels") expect(set.regions.length).toBe((heads ?? 0) - 1);
      if (mode === "regions") expect(set.regions.length).toBe(target_channels);
      if (mode === "regions") expect(set.regions.filter((r) => !r.ignore).length).toBe(heads);

      const found = definitionFindings(definition);
      const codes = (severity: string) =>
        [...new Set(found.filter((f) => f.severity === severity).map((f) => f.code))].sort();
      expect(codes("error")).toEqual([...spec.expected_findings.error].sort());
      expect(codes("warning")).toEqual([...spec.expected_findings.warning].sort());

      const integersOnly = spec.regions_class_order?.every(Number.isInteger);
      if (spec.oracle_round_trip && integersOnly) {
        const trips = Object.entries(spec.oracle_round_trip).map(([from, to]) => [Number(from), to]);
        expect(trips.map(([from]) => [from, decodedAs(set, from ?? 0)])).toEqual(trips);
        const labels = trips.map(([value]) => ({ value: value ?? 0, voxels: 1 }));
        expect(roundTrip(set, labels).lossless).toBe(spec.lossless);
      }
      if (spec.suggested_order) expect(suggestedOrder(definition)).toEqual(spec.suggested_order);
    });
  }
}
