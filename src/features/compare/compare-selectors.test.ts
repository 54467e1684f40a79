/** Tests what is compared with what, and the resulting counts. */
import { beforeEach, describe, expect, test } from "vitest";
import { overlapCounts } from "../../domain/analysis/overlap-counts.ts";
import type { CaseGeometry } from "../../domain/reader/file-geometry.ts";
import { definitionOf, stackOf, volumeOf } from "../../domain/testing/small-case.ts";
import { caseClosed, caseOpened } from "../../state/actions/case-actions.ts";
import { secondLabelsOpened } from "../../state/actions/compare-actions.ts";
import { overlayDiff } from "../../state/actions/edit-actions.ts";
import { setFields } from "../../state/actions/fields-actions.ts";
import type { SecondLabels } from "../../state/slices/compare-slice.ts";
import { useStore } from "../../state/store.ts";
import { caseOf, PLANS, secondOf } from "../../state/testing/test-case.ts";
import { selectCompareQuery } from "./compare-selectors.ts";

const state = () => useStore.getState();
const SHAPE = [2, 2, 4] as const;
const VALUES = [0, 1, 1, 2, 0, 1, 2, 2, 3, 3, 0, 0, 1, 1, 2, 3];
const DEFINITION = definitionOf({ background: 0, organ: [1, 2], core: 2, rest: 3 }, [1, 2, 3]);

function openLabels(): void {
  caseOpened({
    openCase: caseOf(volumeOf(SHAPE, VALUES)),
    definition: DEFINITION,
    plans: PLANS,
    notices: [],
  });
}

const showScale = (sliceScale: number) => useStore.setState({ sliceScale });

function query() {
  return selectCompareQuery(state());
}

const names = () => query()?.rows.map(({ name }) => name);

/** Voxels of each row in A, in B and in both. */
function counts(): (readonly number[])[] {
  const asked = query();
  if (!asked) throw new Error("Nothing is compared.");
  const steps = overlapCounts(asked.a, asked.b, asked.channels);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value.regions.map(({ a, b, both }) => [a, b, both]);
  }
}

beforeEach(() => {
  caseClosed();
  showScale(0);
  setFields({ compareKind: "scale", compareScale: 1 });
  openLabels();
});

test("there is no query without a case", () => {
  caseClosed();
  expect(query()).toBeNull();
});

test("another scale compares the same labels, and is limited to the last scale", () => {
  expect(query()).toMatchObject({ kind: "scale", channels: 3, a: { scale: 0 }, b: { scale: 1 } });
  expect(query()?.b.source).toBe(query()?.a.source);
  const last = (query()?.a.targets.scales.length ?? 0) - 1;
  setFields({ compareScale: 99 });
  showScale(99);
  expect(query()).toMatchObject({ a: { scale: last }, b: { scale: last } });
});

test("labels in no region are a row of scales and modes, as they are in the list of regions", () => {
  const definition = definitionOf({ background: 0, organ: [1, 2] }, [1]);
  caseOpened({ openCase: caseOf(volumeOf(SHAPE, VALUES)), definition, plans: PLANS, notices: [] });
  for (const compareKind of ["scale", "mode"] as const) {
    setFields({ compareKind, compareScale: 0 });
    expect(query()).toMatchObject({ channels: 2, regions: 2 });
    expect(names()).toEqual(["organ", "in no region"]);
    expect(counts()[1]).toEqual([3, 3, 3]);
  }
});

test("the other sampling mode is compared at the same scale", () => {
  setFields({ compareKind: "mode" });
  expect(query()).toMatchObject({
    kind: "mode",
    a: { scale: 0, targets: { mode: "nearest-exact" } },
    b: { scale: 0, targets: { mode: "resize-segmentation" } },
  });
});

test("the query stays the same object for the same state, and for changes that side B does not depend on", () => {
  const before = query();
  expect(query()).toBe(before);
  overlayDiff({ definition: DEFINITION, title: "other.json" });
  setFields({ compareStripes: false });
  expect(query()).toBe(before);
});

describe("another definition", () => {
  test("gives no query until one is open", () => {
    setFields({ compareKind: "definition" });
    expect(query()).toBeNull();
  });

  test("matches regions by name in any order; what only one side has is a row that is empty on the other", () => {
    const other = definitionOf({ background: 0, more: [1, 3], core: [2, 3], organ: 1 }, [1, 2, 3]);
    overlayDiff({ definition: other, title: "other.json" });
    setFields({ compareKind: "definition" });
    expect(names()).toEqual(["organ", "core", "rest", "more"]);
    const voxels = (...labels: number[]) => VALUES.filter((value) => labels.includes(value)).length;
    expect(counts()).toEqual([
      [voxels(1, 2), voxels(1), voxels(1)],
      [voxels(2), voxels(2, 3), voxels(2)],
      [voxels(3), 0, 0],
      [0, voxels(1, 3), 0],
    ]);
  });
});

describe("second labels", () => {
  const second = VALUES.map((value) => (value === 2 ? 3 : value)).toReversed();

  test("use the case's regions with their own palette", () => {
    setFields({ compareKind: "file" });
    expect(query()).toBeNull();
    secondLabelsOpened(secondOf("b.nii", caseOf(volumeOf(SHAPE, second)).source));
    const inside = (of: readonly number[], labels: readonly number[]) => of.map((v) => labels.includes(v));
    const expected = [[1, 2], [2], [3]].map((labels) => {
      const [a, b] = [inside(VALUES, labels), inside(second, labels)];
      const count = (flags: readonly boolean[]) => flags.filter(Boolean).length;
      return [count(a), count(b), count(a.map((held, i) => held && (b[i] ?? false)))];
    });
    expect(counts()).toEqual(expected);
    expect(names()).toEqual(["organ", "core", "rest"]);
  });

  test("labels in no region of the case get rows, on either side, and match by value", () => {
    const definition = definitionOf({ background: 0, organ: [1, 2] }, [1]);
    caseOpened({ openCase: caseOf(volumeOf(SHAPE, VALUES)), definition, plans: PLANS, notices: [] });
    const other = VALUES.map((value) => (value === 1 ? 7 : value === 2 ? 2.5 : value));
    secondLabelsOpened(secondOf("b.nii", caseOf(volumeOf(SHAPE, other)).source));
    expect(query()?.regions).toBe(1);
    expect(query()?.matchedBy).toBe("value");
    expect(names()).toEqual(["organ", "label 3", "label 2.5", "label 7"]);
    expect(counts()).toEqual([
      [9, 0, 0],
      [3, 3, 3],
      [0, 4, 0],
      [0, 5, 0],
    ]);
  });

  test("-1 is a label on either side, but not in a file saved from a training grid or if a region lists it", () => {
    const volume = volumeOf(SHAPE, VALUES.with(0, -1).with(4, -1));
    const other = caseOf(volumeOf(SHAPE, VALUES.with(0, -1))).source;
    const open = (definition: typeof DEFINITION, b: Partial<SecondLabels> = {}) => {
      caseOpened({ openCase: caseOf(volume), definition, plans: PLANS, notices: [] });
      secondLabelsOpened({ ...secondOf("b.nii", other), ...b });
      return names()?.map((name, row) => [name, ...(counts()[row] ?? [])]);
    };
    expect(open(DEFINITION)?.slice(3)).toEqual([["label -1", 2, 1, 1]]);
    const geometry = { labels: { file: "b.nii", description: "training grid" } } as unknown as CaseGeometry;
    expect(open(DEFINITION, { geometry })?.slice(3)).toEqual([["label -1", 2, 0, 0]]);
    const listing = definitionOf({ background: 0, organ: [-1, 2], rest: 3 }, [2, 3]);
    expect(open(listing)?.slice(0, 2)).toEqual([
      ["organ", 4, 4, 4],
      ["rest", 3, 3, 3],
    ]);
    const listed = open(DEFINITION, { definition: listing });
    expect(listed?.[0]).toEqual(["organ", 9, 4, 4]);
    for (const of of [open(listing), listed]) expect(of?.map(([name]) => name)).not.toContain("label -1");
    const { grid } = volume;
    caseOpened({ openCase: caseOf(volume), definition: DEFINITION, plans: PLANS, notices: [] });
    secondLabelsOpened(secondOf("b.nii", other));
    expect(names()).toContain("label -1");
    useStore.setState({ openCase: caseOf(volume, { trained: { stored: caseOf(volume), grid } as never }) });
    const { source } = caseOf(volume);
    useStore.setState({ trainedSecond: { of: other, grid, source } as never });
    expect(names()).toEqual(["organ", "core", "rest"]);
  });

  test("match by name where both files name their labels, and then not by value", () => {
    const open = (values: readonly number[], labelNames: readonly [number, string][]) => ({
      ...caseOf(volumeOf(SHAPE, values)),
      labelNames: labelNames.map(([value, name]) => ({ value, name, color: null })),
    });
    const openCase = open(VALUES, [
      [1, "Left kidney"],
      [2, "liver"],
    ]);
    caseOpened({ openCase, definition: null, plans: null, notices: [] });
    const { source, labelNames } = open(
      VALUES.map((value) => [0, 2, 1, 3][value] ?? 0),
      [
        [1, "spleen"],
        [2, "left_kidney"],
      ],
    );
    secondLabelsOpened({ ...secondOf("b.nii", source), labelNames });
    expect(query()?.matchedBy).toBe("name");
    expect(query()?.rows.map(({ name, nameInB }) => [name, nameInB])).toEqual([
      ["Left kidney", "left_kidney"],
      ["liver", null],
      ["label 3", null],
      ["spleen", null],
    ]);
    expect(counts()).toEqual([
      [5, 5, 5],
      [4, 0, 0],
      [3, 3, 3],
      [0, 4, 0],
    ]);
  });

  test("match by value, and say so, if only one of the files names its labels", () => {
    caseOpened({
      openCase: caseOf(volumeOf(SHAPE, VALUES)),
      definition: null,
      plans: null,
      notices: [],
    });
    const { source } = caseOf(volumeOf(SHAPE, VALUES));
    const labelNames = [{ value: 1, name: "liver", color: null }];
    const open = (names: Pick<SecondLabels, "labelNames" | "definition">) => {
      secondLabelsOpened({ ...secondOf("b.nii", source), ...names });
      return [query()?.matchedBy, counts()];
    };
    const equal = [5, 4, 3].map((n) => [n, n, n]);
    expect(open({ labelNames, definition: null })).toEqual(["value", equal]);
    const definition = definitionOf({ background: 0, liver: 1, spleen: 2, rest: 3 }, null);
    expect(open({ labelNames: [], definition })).toEqual(["value", equal]);
  });

  test("labels of one name are rows of different names", () => {
    const { source } = caseOf(
      volumeOf(
        SHAPE,
        VALUES.map((value) => (value > 1 ? value + 5 : value)),
      ),
    );
    const labelNames = [1, 7, 8].map((value) => ({ value, name: "organ", color: null }));
    secondLabelsOpened({ ...secondOf("b.nii", source), labelNames });
    expect(names()).toEqual(["organ", "core", "rest", "organ 2", "organ 3"]);
  });

  test("a dataset.json opened with them names their labels", () => {
    const definition = definitionOf({ background: 0, rest: 1, organ: [2, 3], new: 2 }, [1, 2, 3]);
    const { source } = caseOf(
      volumeOf(
        SHAPE,
        VALUES.map((value) => [0, 2, 3, 1][value] ?? 0),
      ),
    );
    secondLabelsOpened({ ...secondOf("b.nii", source), definition });
    expect(names()).toEqual(["organ", "core", "rest", "new"]);
    expect(counts()).toEqual([
      [9, 9, 9],
      [4, 0, 0],
      [3, 3, 3],
      [0, 5, 0],
    ]);
  });

  test("masks match by name in any order; without a name in common by their order", () => {
    const stack = stackOf([1, 1, 2], { organ: [1, 1], core: [0, 1] });
    caseOpened({
      openCase: caseOf(volumeOf(SHAPE, VALUES), { source: { kind: "masks", stack } }),
      definition: null,
      plans: null,
      notices: [],
    });
    const compared = (masks: Record<string, readonly number[]>) => {
      secondLabelsOpened(secondOf("b.nii", { kind: "masks", stack: stackOf([1, 1, 2], masks) }));
      return [names(), counts()];
    };
    expect(compared({ core: [1, 1], tumour: [1, 0], organ: [1, 0] })).toEqual([
      ["organ", "core", "tumour"],
      [
        [2, 1, 1],
        [1, 2, 1],
        [0, 1, 0],
      ],
    ]);
    expect(compared({ one: [1, 0], two: [1, 1] })).toEqual([
      ["organ", "core"],
      [
        [2, 1, 1],
        [1, 2, 1],
      ],
    ]);
  });

  test("of masks need no region table, and cannot be compared with another definition", () => {
    const stack = stackOf([1, 1, 2], { organ: [1, 1], core: [0, 1] });
    caseOpened({
      openCase: caseOf(volumeOf(SHAPE, VALUES), { source: { kind: "masks", stack } }),
      definition: null,
      plans: null,
      notices: [],
    });
    const other = stackOf([1, 1, 2], { organ: [1, 0], core: [1, 1] });
    secondLabelsOpened(secondOf("b.nii", { kind: "masks", stack: other }));
    expect(query()?.b.table).toBeNull();
    expect(counts()).toEqual([
      [2, 1, 1],
      [1, 2, 1],
    ]);
    overlayDiff({ definition: DEFINITION, title: "other.json" });
    setFields({ compareKind: "definition" });
    expect(query()).toBeNull();
  });
});
