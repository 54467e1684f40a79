/** Tests the report of a case, with its relations and survival. */
import { describe, expect, it } from "vitest";
import { regionSetFromDefinition, regionSetFromLabels, regionSetFromMasks } from "../dataset/region-set.ts";
import { regionTable } from "../dataset/region-table.ts";
import type { Grid, Triple } from "../geometry/grid.ts";
import { axisTables, scalesOf } from "../targets/deep-supervision.ts";
import { countRegions, encodeWords, packMasks } from "../targets/reference.ts";
import { definitionOf } from "../testing/definitions.ts";
import { survival } from "../testing/survival.ts";
import { volumeFromLabels } from "../volume/volume-from-labels.ts";
import { buildReport } from "./report.ts";
import { reportedPatches } from "./report-patches.ts";
import { reportedRelations } from "./report-relations.ts";
import { reportedSurvival, tooMuchSurvival } from "./report-survival.ts";

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
  stridesFrom: "plans",
  trainer: "default",
  configuration: null,
  imageGrid: null,
  mismatches: 0,
  extent: { channels: 3, of: 3, randomParts: null },
  survival: [],
} as const;

describe("buildReport", () => {
  it("contains every part for a case with labels", () => {
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
    const { findings, relations, survival: _, ...rest } = report;
    expect(relations).toEqual({ unit: "voxels", comparedRegions: 3, sharingPairs: 0, pairs: [] });
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
      grid: "stored",
      resampling: null,
      reader: null,
      mode: "nearest-exact",
      configuration: null,
      stridesFrom: "plans",
      trainer: "default",
      path: "label-first",
      pathReason: "because",
      regions: [
        { name: "both", labels: [2, 1], classOrder: 1, ignore: false },
        { name: "c", labels: [3], classOrder: 3, ignore: false },
        { name: "ignore", labels: [4], classOrder: null, ignore: true },
      ],
      scales: [{ factors: [1, 1, 1], shape: [2, 2, 2], lossWeight: null, regionVoxels: [5, 1, 0] }],
      patches: null,
      roundTrip: {
        lossless: false,
        changedVoxels: 4,
        changes: [
          { from: -1, to: 0, voxels: 1 },
          { from: 2, to: 1, voxels: 3 },
        ],
      },
      verified: { against: "per-channel", mismatches: 0, channels: 3, of: 3 },
      notices: [],
    });
    expect(findings.map((f) => f.code)).toEqual([
      "negative-label",
      "loss-weights-undefined",
      "round-trip-merge",
    ]);
  });

  it("contains findings on file names and on the sides of regions", () => {
    const volume = volumeFromLabels(grid, [1, 2, 1, 2, 1, 2, 1, 2]);
    const definition = { ...definitionOf({ background: 0, left: 2, right: 1 }), fileEnding: ".nii" };
    const centres = { of: (channel: number) => [channel, 0, 0] as const, nearMm: () => 0.5 };
    const report = buildReport({
      ...common,
      source: { kind: "labels", volume },
      regionSet: regionSetFromDefinition(definition),
      regionVoxels: [[4, 4]],
      definition,
      files: { labels: "case.nrrd", ending: ".nrrd", folder: null },
      centres,
    });
    const found = report.findings.map(({ severity, code }) => `${severity} ${code}`);
    expect(found).toContain("error sides");
    expect(found).toContain("warning file-ending");
  });

  it("reports on the training grid, with the findings of the file", () => {
    const stored = volumeFromLabels(grid, [0, 0, 1, 1, 2, 2, 2, 3]);
    const trained = volumeFromLabels({ ...grid, shape: [1, 2, 2] }, [-1, 0, 1, 2]);
    const definition = definitionOf({ background: 0, both: [2, 1] }, [1]);
    const { case: its, ...report } = buildReport({
      ...common,
      source: { kind: "labels", volume: trained },
      stored: { kind: "labels", volume: stored },
      resampling: { refused: "not used" },
      regionSet: regionSetFromDefinition(definition),
      regionVoxels: [[2], [0]],
      definition,
    });
    expect(its.shape).toEqual([1, 2, 2]);
    expect(its.labels.map(({ value, voxels }) => [value, voxels])).toEqual([
      [-1, 1],
      [0, 1],
      [1, 1],
      [2, 1],
    ]);
    expect([report.grid, report.resampling]).toEqual(["trained", { refused: "not used" }]);
    // Label 3 is in the file only, and -1 in the training grid only.
    const codes = report.findings.map(({ code }) => code);
    expect(codes).toContain("label-unexpected");
    expect(codes).not.toContain("negative-label");
    expect(report.roundTrip?.changes).toEqual([{ from: 2, to: 1, voxels: 1 }]);
  });

  it("says with how many voxels training sees a case of which there is no training grid", () => {
    const volume = volumeFromLabels(grid, [0, 0, 1, 1, 2, 2, 2, 3]);
    const message = (cropped: Triple | null) =>
      buildReport({
        ...common,
        source: { kind: "labels", volume },
        regionSet: regionSetFromLabels(volume.palette),
        regionVoxels: [[2, 3, 1]],
        definition: null,
        configuration: {
          name: "c",
          strides: [],
          patchSize: null,
          batchSize: null,
          spacing: [3, 2, 0.5],
        },
        cropped,
      }).findings.find(({ code }) => code === "plans-other-spacing")?.message;
    expect(message([2, 1, 2])).toMatch(
      /^Training sees this case with 2×1×4 voxels, .* crops it to 2×1×2 voxels/,
    );
    expect(message(null)).toMatch(/^Training sees this case with at most 2×2×4 voxels/);
  });

  it("says on either grid what cropping and resampling remove", () => {
    const volume = volumeFromLabels(grid, [0, 0, 1, 1, 2, 2, 2, 3]);
    const definition = definitionOf({ background: 0, a: 1, b: 2, c: 3 });
    const kept = {
      inside: 3,
      outside: 0,
      trained: 2,
      gained: 0,
      lost: 0,
      gaps: 0,
      dice: 1,
      isGone: false,
    };
    const gone = { ...kept, inside: 1, trained: 0, dice: null, isGone: true };
    const { findings, grid: reported } = buildReport({
      ...common,
      source: { kind: "labels", volume },
      regionSet: regionSetFromDefinition(definition),
      regionVoxels: [[2, 3, 1]],
      definition,
      resampled: {
        configuration: "3d_fullres",
        from: [3, 2, 1],
        to: [3, 4, 2],
        shape: [2, 1, 1],
        uncropped: null,
        regions: [kept, { ...kept, inside: 0, outside: 3, trained: 0 }, gone],
      },
    });
    expect(reported).toBe("stored");
    expect(
      findings.filter(({ severity }) => severity === "error").map(({ code, regions }) => [code, ...regions]),
    ).toEqual(
      expect.arrayContaining([
        ["cropped-away", "b"],
        ["vanishes-in-resampling", "c"],
      ]),
    );
  });

  it("has the finding on a header that scales the labels first", () => {
    const volume = volumeFromLabels(grid, [0, 0.5, 0.5, 1, 0, 0, 0, 0]);
    const scaled = { slope: 0.5, intercept: 0, stored: [0, 1, 2], range: null };
    const definition = definitionOf({ background: 0, a: 1, b: 2 });
    const { findings } = buildReport({
      ...common,
      source: { kind: "labels", volume: { ...volume, scaled } },
      regionSet: regionSetFromDefinition(definition),
      regionVoxels: [[1, 0]],
      definition,
    });
    expect(findings[0]).toMatchObject({
      code: "header-scales-labels",
      repair: {
        rewrites: [
          { from: 0.5, to: 1 },
          { from: 1, to: 2 },
        ],
      },
    });
  });

  it("judges the definition with the labels of the volume", () => {
    const definition = definitionOf({ background: 0, a: 1, c: 3 });
    const { findings } = buildReport({
      ...common,
      source: { kind: "labels", volume: volumeFromLabels(grid, [0, 1, 2, 3, 0, 0, 0, 0]) },
      regionSet: regionSetFromDefinition(definition),
      regionVoxels: [[1, 1]],
      definition,
    });
    const gap = findings.find(({ code }) => code === "labels-not-consecutive");
    expect(gap?.message).toMatch(/Label 2 is in the volume but in no entry: give it its own entry/);
    expect(gap?.repair).toBeUndefined();
  });

  it("lists no labels and no round trip for masks", () => {
    const stack = { grid, names: ["a"], bitPlanes: [Uint32Array.of(0b1010)] };
    const report = buildReport({
      ...common,
      path: "bit-packed",
      source: { kind: "masks", stack },
      regionSet: regionSetFromMasks(stack.names),
      regionVoxels: [countRegions(packMasks(stack), 8, 1)],
      definition: null,
      masks: { overlap: { voxels: 0, lost: [0] }, putAside: definitionOf({ background: 0, a: 1 }) },
    });
    expect(report.findings.find(({ code }) => code === "one-label-file-needed")).toMatchObject({
      severity: "error",
      message: expect.stringContaining("so dataset.json is set aside"),
    });
    expect(report.case.labels).toEqual([]);
    expect(report.regions).toEqual([{ name: "a", labels: [], classOrder: null, ignore: false }]);
    expect(report.scales[0]?.regionVoxels).toEqual([2]);
    expect(report).not.toHaveProperty("roundTrip");
  });

  it("leaves out counts of a collapsed scale, and contains the notices of opening", () => {
    const flat: Grid = { shape: [1, 2, 2], toWorld: grid.toWorld };
    const volume = volumeFromLabels(flat, [0, 1, 1, 1]);
    const strides = [1, 4, 2].map((n) => [n, n, n] as const);
    const report = buildReport({
      ...common,
      scales: scalesOf(flat.shape, strides),
      source: { kind: "labels", volume },
      regionSet: regionSetFromLabels(volume.palette),
      regionVoxels: [[3], [0]],
      definition: null,
      notices: ["a.nrrd: it has no voxel size."],
    });
    expect(report.scales.map((scale) => [scale.shape, scale.regionVoxels])).toEqual([
      [[1, 2, 2], [3]],
      [[0, 0, 0], undefined],
    ]);
    expect(report.scales[1]).not.toHaveProperty("regionVoxels");
    expect(report.notices).toEqual(["a.nrrd: it has no voxel size."]);
  });

  it("lists the segments of an empty segmentation, with one finding", () => {
    const single: Grid = { shape: [1, 1, 1], toWorld: grid.toWorld };
    const volume = volumeFromLabels(single, [0]);
    const report = buildReport({
      ...common,
      source: { kind: "labels", volume },
      regionSet: regionSetFromLabels(volume.palette, new Map([[1, "liver"]]), [1]),
      regionVoxels: [[0]],
      definition: null,
      labelNames: [{ value: 1, name: "liver", color: null, listed: true }],
    });
    expect(report.regions.map(({ name }) => name)).toEqual(["liver"]);
    expect(report.findings.map(({ code }) => code)).toEqual(["segmentation-empty"]);
  });
});

describe("relations and survival", () => {
  /** 2 x 2 x 4: a bar of 1 with one voxel of 3 at its end, and one voxel of 2 away from it. */
  const wide: Grid = { shape: [2, 2, 4], toWorld: grid.toWorld };
  const volume = volumeFromLabels(wide, [1, 1, 1, 3, 0, 0, 0, 0, 1, 0, 0, 2, 0, 0, 0, 0]);
  const source = { kind: "labels", volume } as const;
  const regionSet = regionSetFromDefinition(
    definitionOf(
      { background: 0, all: [1, 2, 3], bar: [1, 3], again: [3, 1], ends: [2, 3], other: 4 },
      [1, 2, 3, 4, 5],
    ),
  );
  const table = regionTable(volume.palette, regionSet.regions);
  const channels = regionSet.regions.map((_, c) => c);
  /** The second scale copies z 1, y 1, and x 1 and 3. The last scale has no weight. */
  const scales = scalesOf(wide.shape, [
    [1, 1, 1],
    [2, 2, 2],
    [1, 1, 1],
    [1, 1, 1],
  ]);
  const tables = scales.map((scale) => axisTables(wide.shape, scale, "nearest-exact"));
  const followed = survival({ source, table, channels, scales: tables, patch: null });

  it("lists pairs that share voxels, in the order of the regions", () => {
    expect(reportedRelations(source, regionSet)).toEqual({
      unit: "voxels",
      comparedRegions: 5,
      sharingPairs: 6,
      pairs: [
        { a: "all", b: "bar", relation: "contains", sharedVoxels: 5, dice: 10 / 11 },
        { a: "all", b: "again", relation: "contains", sharedVoxels: 5, dice: 10 / 11 },
        { a: "all", b: "ends", relation: "contains", sharedVoxels: 2, dice: 4 / 8 },
        { a: "bar", b: "again", relation: "identical", sharedVoxels: 5, dice: 1 },
        { a: "bar", b: "ends", relation: "overlaps", sharedVoxels: 1, dice: 2 / 7 },
        { a: "again", b: "ends", relation: "overlaps", sharedVoxels: 1, dice: 2 / 7 },
      ],
    });
  });

  it("lists the pairs that share most, and says how many there are", () => {
    const few = reportedRelations(source, regionSet, { compared: 4, listed: 4 });
    expect(few.sharingPairs).toBe(6);
    expect(few.pairs.map(({ a, b, sharedVoxels }) => [a, b, sharedVoxels])).toEqual([
      ["all", "bar", 5],
      ["all", "again", 5],
      ["all", "ends", 2],
      ["bar", "again", 5],
    ]);
    const two = reportedRelations(source, regionSet, { compared: 3, listed: 2 });
    expect(two).toMatchObject({ comparedRegions: 3, sharingPairs: 3 });
    expect(two.pairs.map(({ b }) => b)).toEqual(["bar", "again"]);
  });

  it("relates masks by the voxels they share", () => {
    const stack = { grid, names: ["a", "b"], bitPlanes: [Uint32Array.of(0b1110), Uint32Array.of(0b0110)] };
    const { pairs } = reportedRelations({ kind: "masks", stack }, regionSetFromMasks(stack.names));
    expect(pairs).toEqual([{ a: "a", b: "b", relation: "contains", sharedVoxels: 2, dice: 0.8 }]);
  });

  it("lists the components that vanish, with an example voxel", () => {
    const { regions, ...rest } = reportedSurvival(followed, regionSet.regions, scales);
    expect(rest).toEqual({ unit: "voxels", connectivity: 26, patch: null, mostVanishing: 20 });
    expect(tables[1]?.map((t) => [...t])).toEqual([[1], [1], [1, 3]]);
    expect(regions[3]).toEqual({
      region: "ends",
      voxels: 2,
      perScale: [2, 0, 0],
      vanishesAt: 1,
      vanishesForLossAt: 1,
      components: 1,
      listed: 1,
      vanishingComponents: 1,
      vanishingForLoss: 1,
      vanishing: [
        { voxels: 2, example: [0, 0, 3], perScale: [2, 0, 0], vanishesAt: 1, vanishesForLossAt: 1 },
      ],
    });
    expect(regions[4]).toMatchObject({
      region: "other",
      voxels: 0,
      vanishesAt: null,
      components: 0,
      vanishing: [],
    });
  });

  it("lists at most 20 vanishing components of many", () => {
    const checkers = Uint8Array.from({ length: 4 * 100 }, (_, i) => (i % 4 === 0 ? 1 : 0));
    const many = volumeFromLabels({ shape: [1, 1, 400], toWorld: grid.toWorld }, checkers);
    const job = {
      source: { kind: "labels", volume: many } as const,
      table: regionTable(many.palette, regionSet.regions),
      channels: [1],
      scales: [
        scalesOf(
          [1, 1, 400],
          [
            [1, 1, 1],
            [1, 1, 4],
            [1, 1, 1],
          ],
        ).map((s) => axisTables([1, 1, 400], s, "nearest-exact")),
      ].flat(),
      patch: null,
    };
    const [region] = reportedSurvival(survival({ ...job, listed: 90 }), regionSet.regions, scales).regions;
    expect(region).toMatchObject({ region: "bar", components: 100, listed: 90, vanishingComponents: 90 });
    expect(region?.vanishing).toHaveLength(20);
  });

  it("the report names the parts of a large case that were verified", () => {
    const parts = [{ channels: [32, 63], planes: [16, 31] }] as const;
    const randomParts = { seed: 1, targetVoxels: 512, ofTargetVoxels: 99_000, parts };
    const inputs = { ...common, source, regionSet, regionVoxels: [], definition: null, scales, survival: [] };
    const report = buildReport({ ...inputs, mismatches: 2, extent: { channels: 32, of: 1000, randomParts } });
    expect(report.verified).toEqual({
      against: "per-channel",
      mismatches: 2,
      channels: 32,
      of: 1000,
      sample: randomParts,
    });
  });

  it("survival is left out of large cases, with the reason", () => {
    expect(tooMuchSurvival(38_000_000, 138)).toBeNull();
    expect(tooMuchSurvival(100_000_000, 1000)).toMatch(/100 million voxels times 1,000 regions/);
    const inputs = { ...common, source, regionSet, regionVoxels: [], definition: null };
    const report = buildReport({ ...inputs, scales, survival: "Left out." });
    expect(report).toMatchObject({ survival: null, survivalLeftOut: "Left out." });
    expect(buildReport({ ...inputs, scales, survival: followed })).not.toHaveProperty("survivalLeftOut");
  });
});

describe("reportedPatches", () => {
  const set = regionSetFromDefinition(definitionOf({ background: 0, a: 1, b: 2 }, null));
  const shares = {
    scales: scalesOf(
      [4, 4, 4],
      [1, 2].map((by) => [by, by, by] as const),
    ),
    patchSize: [4, 4, 4],
    loadedSize: [6, 6, 6],
    patchSamples: { anywhere: 8, foreground: 3, annotated: null },
    foregroundShare: 0.5,
    regions: [
      { inPatch: 0.8, gone: [0.2] },
      { inPatch: 0, gone: [0] },
    ],
  } as const;

  it("gives what is gone as a share of the patches with the region", () => {
    expect(reportedPatches(shares, set, "trained")).toEqual({
      grid: "trained",
      size: [4, 4, 4],
      loadedSize: [6, 6, 6],
      leftOut: ["rotation", "scaling", "mirroring"],
      samples: { anywhere: 8, foreground: 3, annotated: null },
      foregroundShare: 0.5,
      // A single scale has an undefined weight.
      scales: [{ factors: [1, 1, 1], shape: [4, 4, 4], lossWeight: null }],
      regions: [
        { region: "a", inPatch: 0.8, gone: [0.25] },
        { region: "b", inPatch: 0, gone: [null] },
      ],
    });
  });

  it("says why there are no shares", () => {
    expect(reportedPatches(null, set, "stored")).toBeNull();
    const refused = { kind: "refused", reason: "It would take minutes." } as const;
    expect(reportedPatches(refused, set, "stored")).toEqual({ refused: "It would take minutes." });
  });
});

it("findings speak of the patches that the report has, or of the whole case", () => {
  const volume = volumeFromLabels(grid, [0, 0, 0, 0, 0, 0, 0, 1]);
  const regionSet = regionSetFromLabels(volume.palette, new Map(), []);
  const strides = [1, 2, 2].map((by) => [by, by, by] as const);
  const reportWith = (inPatches: readonly number[] | null) => {
    const scales = scalesOf(grid.shape, strides, "no-deep-supervision");
    const two = [...scales, ...scales].map((scale) => ({ ...scale, lossWeight: 0.5 }));
    const configuration = { name: "3d_fullres", strides, patchSize: grid.shape, batchSize: 2 };
    const { findings } = buildReport({
      ...common,
      scales: two,
      source: { kind: "labels", volume },
      regionSet,
      regionVoxels: [[1], [0]],
      definition: null,
      configuration,
      shares: inPatches && {
        scales: two,
        patchSize: grid.shape,
        loadedSize: grid.shape,
        patchSamples: { anywhere: 1, foreground: 1, annotated: null },
        foregroundShare: 0.5,
        regions: [{ inPatch: 1, gone: inPatches }],
      },
    });
    return findings.filter(({ code }) => code === "region-vanishes").map(({ message }) => message);
  };
  expect(reportWith([0, 0])).toEqual([]);
  expect(reportWith([0, 0.6])[0]).toContain("in 60 % of the training patches with it");
  expect(reportWith(null)[0]).toContain("of the whole case");
});
