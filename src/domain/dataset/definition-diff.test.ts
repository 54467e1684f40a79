/** Tests the comparison of two definitions, in regions and in voxels. */
import { describe, expect, it } from "vitest";
import { definitionOf } from "../testing/definitions.ts";
import { diffDefinitions, diffVoxels } from "./definition-diff.ts";
import { regionSetFromDefinition } from "./region-set.ts";

type Args = Parameters<typeof definitionOf>;
const diff = (before: Args, after: Args) =>
  diffDefinitions(
    regionSetFromDefinition(definitionOf(...before)),
    regionSetFromDefinition(definitionOf(...after)),
  );

const LABELS = { background: 0, whole: [1, 2, 3], core: [2, 3], tip: 3, ignore: 4 };
const BEFORE: Args = [LABELS, [1, 2, 3]];

describe("diffDefinitions", () => {
  it("finds nothing if only the spelling of the same labels changed", () => {
    const same = diff(BEFORE, [{ ...LABELS, whole: [3, 2, 1, 1], tip: [3] }, [1, 2, 3]]);
    expect(same.same).toBe(true);
    expect(same).toMatchObject({ added: [], removed: [], renamed: [], changed: [], moved: [], order: [] });
  });

  it("distinguishes a renamed region from a new one", () => {
    const { ignore, tip, ...rest } = LABELS;
    const renamed = diff(BEFORE, [{ ...rest, point: tip, ignore }, [1, 2, 3]]);
    expect(renamed).toMatchObject({
      renamed: [{ from: "tip", to: "point" }],
      added: [],
      removed: [],
      moved: [],
    });
    expect([renamed.same, renamed.resequenced]).toEqual([false, false]);
    const replaced = diff(BEFORE, [{ ...rest, point: 2, ignore }, [1, 2, 2]]);
    expect(replaced.added.map((r) => r.name)).toEqual(["point"]);
    expect(replaced.removed.map((r) => r.name)).toEqual(["tip"]);
    expect(replaced.moved).toEqual([
      { label: 2, left: [], joined: ["point"] },
      { label: 3, left: ["tip"], joined: [] },
    ]);
  });

  it("says which labels moved between regions", () => {
    const moved = diff(BEFORE, [{ ...LABELS, core: [1, 3], tip: [3, 5] }, [1, 2, 3]]);
    expect(moved.changed).toEqual([
      { region: "core", gained: [1], lost: [2] },
      { region: "tip", gained: [5], lost: [] },
    ]);
    expect(moved.moved).toEqual([
      { label: 1, left: [], joined: ["core"] },
      { label: 2, left: ["core"], joined: [] },
      { label: 5, left: [], joined: ["tip"] },
    ]);
  });

  it("says what changed in the class order, the sequence and the mode", () => {
    expect(diff(BEFORE, [LABELS, [1, 3, null]]).order).toEqual([
      { region: "core", from: 2, to: 3 },
      { region: "tip", from: 3, to: null },
    ]);
    const turned = { background: 0, core: [2, 3], whole: [1, 2, 3], tip: 3, ignore: 4 };
    expect(diff(BEFORE, [turned, [2, 1, 3]])).toMatchObject({
      resequenced: true,
      order: [],
      moved: [],
      same: false,
    });
    const labels = diff(BEFORE, [{ background: 0, whole: 1, core: 2, tip: 3, ignore: 4 }]);
    expect(labels.trainsOn).toEqual({ from: "regions", to: "labels" });
  });

  it("pairs the ignore label only with itself", () => {
    const { ignore, ...rest } = LABELS;
    const freed = diff(BEFORE, [{ ...rest, rim: ignore }, [1, 2, 3, 4]]);
    expect([freed.added.map((r) => r.name), freed.removed.map((r) => r.name)]).toEqual([["rim"], ["ignore"]]);
  });
});

describe("diffVoxels", () => {
  const volume = [-1, 0, 1, 2, 3].map((value) => ({ value, voxels: 10 ** (value + 2) }));

  it("counts the voxels that change membership, per region and in total", () => {
    const changed = diff(BEFORE, [{ ...LABELS, core: [1, 3], tip: [3, 5, 1] }, [1, 2, 3]]);
    expect(diffVoxels(changed, volume)).toEqual({
      voxels: 1000 + 10_000,
      labels: [1, 2],
      regions: [
        { region: "core", gained: 1000, lost: 10_000 },
        { region: "tip", gained: 1000, lost: 0 },
      ],
    });
  });

  it("counts -1 as background, and ignores a renamed region", () => {
    const { core, ...rest } = LABELS;
    const after: Args = [{ ...rest, Kern: core, whole: [0, 1, 2, 3] }, [1, 3, 2]];
    expect(diffVoxels(diff(BEFORE, after), volume)).toEqual({
      voxels: 10 + 100,
      labels: [-1, 0],
      regions: [{ region: "whole", gained: 110, lost: 0 }],
    });
    expect(diffVoxels(diff(BEFORE, BEFORE), volume)).toEqual({ voxels: 0, labels: [], regions: [] });
  });
});
