/** Label maps made of overlapping masks, checked against plain reconstructions. */
import { describe, expect, it } from "vitest";
import { effectiveEntries, knownLabels } from "../../domain/dataset/label-entries.ts";
import { regionSetFromDefinition } from "../../domain/dataset/region-set.ts";
import { decodedLabels, roundTrip } from "../../domain/dataset/round-trip.ts";
import { definitionFindings } from "../../domain/findings/findings.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { RegionForm } from "../../domain/masks/label-map.ts";
import { bitsOf, randomMasks, stackFrom } from "../../domain/testing/random-masks.ts";
import type { MaskStack } from "../../domain/volume/palette-volume.ts";
import { differing, labelMapOf, type MadeLabels, masksIn, predicted } from "../testing/label-maps.ts";
import { definitionOfForm } from "./new-dataset.ts";

const SHAPES: readonly Triple[] = [
  [1, 1, 33],
  [3, 5, 7],
  [7, 9, 4],
  [13, 1, 11],
  [8, 9, 10],
];

/**
 * Checks that the label map and its definition reproduce every mask, and what a perfect prediction of the
 * regions gives.
 */
function check(stack: MaskStack, { map, labels }: MadeLabels, form: RegionForm): void {
  const definition = definitionOfForm(form);
  const masks = masksIn(form, labels);
  const wrong = stack.names.map((name, mask) => differing(masks.get(name) ?? [], bitsOf(stack, mask)));
  expect(wrong).toEqual(stack.names.map(() => 0));

  const back = predicted(form, labels);
  expect(differing(back, labels)).toBe(form.changedVoxels);
  const others = new Set(labels.filter((label, voxel) => back[voxel] !== label));
  expect([...others].sort((a, b) => a - b)).toEqual(form.changedLabels);
  // After reading the prediction back, exactly the changed voxels are in other masks than before.
  const reread = masksIn(form, back);
  const elsewhere = new Set<number>();
  for (const name of stack.names) {
    const [before, after] = [masks.get(name), reread.get(name)];
    before?.forEach((bit, voxel) => {
      if (after?.[voxel] !== bit) elsewhere.add(voxel);
    });
  }
  expect(elsewhere.size).toBe(form.changedVoxels);

  // The project's own round trip agrees.
  const set = regionSetFromDefinition(definition);
  const counted = map.labels.map(({ voxels }, i) => ({ value: i + 1, voxels }));
  const trip = roundTrip(set, counted);
  expect([trip.changedVoxels, trip.lossless]).toEqual([form.changedVoxels, form.changedLabels.length === 0]);
  expect(trip.changes.map(({ from }) => from)).toEqual(form.changedLabels);
  for (const { from, to } of trip.changes) expect(decodedLabels(set).get(to), `${from} as ${to}`).toBe(to);

  // nnU-Net accepts it: labels 0, 1, 2, …, as many order entries as regions, and no region that never
  // appears.
  expect(definitionFindings(definition).filter(({ severity }) => severity === "error")).toEqual([]);
  expect(knownLabels(effectiveEntries(definition), false)).toEqual([0, ...map.labels.map((_, i) => i + 1)]);
}

describe("a label map of masks that overlap", () => {
  it.each(SHAPES)("of %i x %i x %i voxels restores every mask, for 1 to 40 masks", (...shape) => {
    let lossy = 0;
    for (const masks of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 17, 21, 27, 33, 40]) {
      const stack = randomMasks(shape, masks, masks * 31 + shape[2], masks % 3 === 0 ? 0 : 0.25);
      const made = labelMapOf(stack);
      const { plain, further, labels } = made.map;
      check(stack, made, plain);
      expect(plain.regions.map(({ name }) => name).toSorted()).toEqual(stack.names.toSorted());
      expect(further === null).toBe(plain.changedVoxels === 0);
      if (!further) continue;
      lossy++;
      check(stack, made, further);
      expect(further.changedVoxels).toBe(0);
      // The additional regions are overlaps, because a single mask is never lost.
      const more = further.regions.filter(({ name }) => !stack.names.includes(name));
      for (const { name } of more) expect(name).toMatch(/ \+ /);
      // There are no more of them than combinations that one region per mask cannot reproduce.
      expect(further.regions.length - masks).toBeLessThanOrEqual(plain.changedLabels.length);
      expect(further.regions.length).toBeGreaterThanOrEqual(labels.filter(({ voxels }) => voxels > 0).length);
    }
    // Both lossy and lossless cases occurred.
    expect(lossy).toBeGreaterThan(2);
    expect(lossy).toBeLessThan(17);
  });

  it("has no two regions of the same labels, even if masks are identical", () => {
    let alike = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const stack = randomMasks([4, 5, 6], 2 + (seed % 9), seed, 0.1);
      const copies = [0, 1, 0].map((mask) => bitsOf(stack, mask));
      const all = stackFrom([4, 5, 6], [...stack.names.map((_, mask) => bitsOf(stack, mask)), ...copies]);
      const made = labelMapOf(all);
      alike += made.map.alike.length;
      for (const form of [made.map.plain, made.map.further ?? made.map.plain]) {
        check(all, made, form);
        const lists = form.regions.map(({ labels }) => labels.join());
        expect(new Set(lists).size).toBe(lists.length);
        const codes = definitionFindings(definitionOfForm(form)).map(({ code }) => code);
        expect(codes).not.toContain("region-duplicate");
      }
    }
    expect(alike).toBeGreaterThan(40);
  });

  it("keeps identical masks apart with labels that no voxel has", () => {
    const [a, b] = [
      [1, 1, 0, 0],
      [0, 0, 1, 0],
    ];
    const stack = stackFrom([1, 1, 4], [a, b, a, a]);
    const made = labelMapOf(stack);
    const { map } = made;
    check(stack, made, map.plain);
    expect(map).toMatchObject({ alike: [[0, 2, 3]], further: null, ignore: null });
    const definition = definitionOfForm(map.plain);
    const { labels } = JSON.parse(definition.text) as { labels: unknown };
    expect(labels).toEqual({
      background: 0,
      "mask 0": [1, 3, 4],
      "mask 1": 2,
      "mask 2": [3, 4],
      "mask 3": 3,
    });
    // Whatever the masks of another case are, they can be reproduced.
    expect(definitionFindings(definition)).toEqual([]);
  });

  it.each(["ignore", "Ignore", " IGNORE "])("turns a mask named “%s” into nnU-Net's ignore label", (name) => {
    const stack = stackFrom(
      [1, 1, 8],
      [
        [1, 1, 1, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 1, 1],
        [0, 0, 1, 1, 1, 0, 0, 0],
      ],
    );
    const made = labelMapOf({ ...stack, names: ["liver", name, "tumour"] });
    const { map, labels } = made;
    expect([...labels]).toEqual([1, 1, 3, 2, 2, 0, 4, 4]);
    expect(map.ignore).toEqual({ mask: 1, label: 4 });
    const form = map.further ?? map.plain;
    const definition = definitionOfForm(form, { ignore: map.ignore?.label ?? null });
    expect(JSON.parse(definition.text)).toMatchObject({
      labels: { background: 0, liver: [1, 3], tumour: [2, 3], "liver + tumour": 3, ignore: 4 },
      regions_class_order: [1, 2, 3],
    });
    expect(definitionFindings(definition).filter(({ severity }) => severity === "error")).toEqual([]);
    expect([map.plain.regions.length, map.plain.changedVoxels, form.changedVoxels]).toEqual([2, 1, 0]);
    // All voxels that are not ignored come back, and the mask itself covers all voxels of its label.
    const back = predicted(form, labels);
    expect(labels.every((label, voxel) => label === 4 || back[voxel] === label)).toBe(true);
    expect([...labels].map((label) => Number(label === 4))).toEqual([...bitsOf(stack, 1)]);
  });

  it("gives an ignored mask without voxels the highest label", () => {
    const stack = stackFrom(
      [1, 1, 3],
      [
        [0, 0, 0],
        [1, 0, 0],
        [0, 1, 0],
      ],
    );
    const { map } = labelMapOf({ ...stack, names: ["ignore", "a", "b"] });
    const definition = definitionOfForm(map.plain, { ignore: map.ignore?.label ?? null });
    expect(definition.labels.map(({ name, value }) => [name, value])).toEqual([
      ["background", 0],
      ["a", 1],
      ["b", 2],
      ["ignore", 3],
    ]);
    expect([definition.regionsClassOrder, definitionFindings(definition)]).toEqual([null, []]);
  });

  it.each([
    [
      "that overlaps others",
      ["liver", "ignore"],
      [
        [1, 1, 0],
        [0, 1, 1],
      ],
      "ignore 2",
    ],
    ["alone", ["Ignore"], [[1, 0, 0]], "Ignore 2"],
    [
      "beside another one",
      ["ignore", "Ignore", "liver"],
      [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
      "Ignore 2",
    ],
  ])("keeps a mask named ignore as a region: %s", (_, names, masks, region) => {
    const stack = { ...stackFrom([1, 1, 3], masks), names };
    const made = labelMapOf(stack);
    expect(made.map.ignore).toBeNull();
    const form = made.map.further ?? made.map.plain;
    const definition = definitionOfForm(form);
    expect(definition.labels.map(({ name }) => name)).toContain(region);
    expect(predicted(form, made.labels)).toEqual(made.labels);
  });

  it("numbers single masks in their order, then combinations, the largest first", () => {
    const { map } = labelMapOf(
      stackFrom(
        [1, 1, 9],
        [
          [1, 1, 1, 1, 1, 0, 0, 0, 0],
          [0, 0, 0, 0, 1, 1, 1, 1, 0],
          [0, 0, 1, 1, 1, 0, 0, 0, 0],
        ],
      ),
    );
    expect(map.labels).toEqual([
      { masks: [0], voxels: 2 },
      { masks: [1], voxels: 3 },
      { masks: [0, 2], voxels: 2 },
      { masks: [0, 1, 2], voxels: 1 },
    ]);
    expect([map.overlapVoxels, map.plain.changedVoxels, map.exact]).toEqual([3, 1, true]);
    expect(map.further?.regions.at(-1)).toEqual({ name: "mask 0 + mask 1 + mask 2", labels: [4], writes: 4 });
  });

  it("has a dataset.json that is easy to read", () => {
    const stack = stackFrom(
      [1, 1, 4],
      [
        [1, 1, 1, 0],
        [0, 0, 1, 1],
      ],
    );
    const { plain, further } = labelMapOf({ ...stack, names: ["liver", "background"] }).map;
    expect(plain.changedVoxels).toBe(1);
    const { text } = definitionOfForm(further ?? plain, { name: "Two", channelNames: ["CT"] });
    expect(text).toBe(`{
    "name": "Two",
    "channel_names": {
        "0": "CT"
    },
    "labels": {
        "background": 0,
        "liver": [1, 3],
        "background 2": [2, 3],
        "liver + background": 3
    },
    "regions_class_order": [1, 2, 3],
    "numTraining": 1,
    "file_ending": ".nii.gz"
}
`);
  });

  it("of masks without overlap trains on labels without a class order, and an empty mask has a label", () => {
    const { map } = labelMapOf(
      stackFrom(
        [1, 1, 4],
        [
          [1, 0, 0, 0],
          [0, 0, 0, 0],
          [0, 0, 1, 1],
        ],
      ),
    );
    expect(map.further).toBeNull();
    const definition = definitionOfForm(map.plain);
    expect(definition.regionsClassOrder).toBeNull();
    expect(definition.labels.map(({ name, value }) => [name, value])).toEqual([
      ["background", 0],
      ["mask 0", 1],
      ["mask 1", 2],
      ["mask 2", 3],
    ]);
    expect(definitionFindings(definition)).toEqual([]);
  });
});
