import { describe, expect, it } from "vitest";
import { countRegions, encodeWords, packMasks } from "./cpu-reference.ts";
import { scalesOf } from "./deep-supervision.ts";
import type { Grid } from "./grid.ts";
import { regionSetFromDefinition, regionSetFromMasks } from "./region-set.ts";
import { regionTable } from "./region-table.ts";
import { buildReport } from "./report.ts";
import { definitionOf } from "./testing/definitions.ts";
import { volumeFromLabels } from "./volume-from-labels.ts";

const grid: Grid = { shape: [2, 2, 2], toWorld: [0, 0, 1, 0, 0, 2, 0, 0, 3, 0, 0, 0] };
const common = {
  adapter: { vendor: "v", architecture: "a", description: "d", software: true },
  caseName: "case",
  orientation: "RAS",
  mode: "nearest-exact",
  path: "label-first",
  pathReason: "because",
  scales: scalesOf(grid.shape, [
    [1, 1, 1],
    [2, 2, 2],
  ]),
  gridMismatch: null,
  mismatches: 0,
} as const;

describe("buildReport", () => {
  it("gives the whole of a labelled case", () => {
    const volume = volumeFromLabels(grid, [-1, 0, 1, 1, 2, 2, 2, 3]);
    const definition = definitionOf({ background: 0, both: [2, 1], c: 3, ignore: 4 }, [1, 3]);
    const regionSet = regionSetFromDefinition(definition);
    const counts = countRegions(encodeWords(volume, regionTable(volume.palette, regionSet.regions)), 8, 3);
    const report = buildReport({
      ...common,
      source: { kind: "labels", volume },
      regionSet,
      regionVoxels: [counts],
      definition,
    });
    const { findings, ...rest } = report;
    expect(JSON.parse(JSON.stringify(rest))).toEqual({
      schema: "regionscope.report/1",
      adapter: { vendor: "v", architecture: "a", software: true },
      case: {
        name: "case",
        shape: [2, 2, 2],
        spacing: [3, 2, 1],
        orientation: "RAS",
        labels: [
          { value: -1, voxels: 1 },
          { value: 0, voxels: 1 },
          { value: 1, voxels: 2 },
          { value: 2, voxels: 3 },
          { value: 3, voxels: 1 },
        ],
      },
      mode: "nearest-exact",
      path: "label-first",
      pathReason: "because",
      regions: [
        { name: "both", labels: [2, 1], classOrder: 1, ignore: false },
        { name: "c", labels: [3], classOrder: 3, ignore: false },
        { name: "ignore", labels: [4], classOrder: null, ignore: true },
      ],
      scales: [{ factors: [1, 1, 1], shape: [2, 2, 2], lossWeight: null, regionVoxels: [5, 1, 0] }],
      roundTrip: { lossless: false, changedVoxels: 3, changes: [{ from: 2, to: 1, voxels: 3 }] },
      verified: { against: "per-channel", mismatches: 0 },
    });
    expect(findings.map((f) => f.code)).toEqual(["loss-weights-undefined", "round-trip-merge"]);
  });

  it("has no labels for masks", () => {
    const stack = { grid, names: ["a"], planes: [Uint32Array.of(0b1010)] };
    const report = buildReport({
      ...common,
      path: "bit-packed",
      source: { kind: "masks", stack },
      regionSet: regionSetFromMasks(stack.names),
      regionVoxels: [countRegions(packMasks(stack), 8, 1)],
      definition: null,
    });
    expect(report.case.labels).toEqual([]);
    expect(report.regions).toEqual([{ name: "a", labels: [], classOrder: null, ignore: false }]);
    expect(report.scales[0]?.regionVoxels).toEqual([2]);
    expect(report.roundTrip).toEqual({ lossless: true, changedVoxels: 0, changes: [] });
  });
});
