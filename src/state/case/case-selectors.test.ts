/** Tests what the selectors derive from an open case, and when they recompute. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { memo } from "../../base/memo.ts";
import { regionColor } from "../../domain/colors/region-colors.ts";
import { IN_NO_REGION } from "../../domain/dataset/region-set.ts";
import { regionCounts } from "../../domain/dataset/region-table.ts";
import type { CaseGeometry, FileGeometry } from "../../domain/reader/file-geometry.ts";
import { definitionOf, stackOf, volumeOf } from "../../domain/testing/small-case.ts";
import type { TrainingGrid } from "../../domain/training-grid/training-grid.ts";
import { caseOpened, setMode } from "../actions/case-actions.ts";
import { colorChosen, definitionEdited, undo } from "../actions/edit-actions.ts";
import { setFields } from "../actions/fields-actions.ts";
import { countsArrived, verifiedArrived } from "../actions/gpu-actions.ts";
import { setStyle } from "../actions/slices-actions.ts";
import {
  selectRegion,
  setPlane,
  setVoxel,
  showAll,
  stepSlice,
  toggleHidden,
  toggleSolo,
  viewLinked,
} from "../actions/view-actions.ts";
import { hasFileColors } from "../regions/color-source.ts";
import { selectLayers } from "../regions/layer-selectors.ts";
import { selectAllRows, selectRegionRows, selectRows } from "../regions/region-rows.ts";
import { useStore } from "../store.ts";
import { caseOf, PLANS } from "../testing/test-case.ts";
import {
  selectDrawnTable,
  selectRegionSet,
  selectRegionTable,
  selectRoundTrip,
  selectScales,
} from "./case-selectors.ts";
import { selectFindings } from "./finding-selectors.ts";

const initial = useStore.getInitialState();
const state = useStore.getState;

const RED = [0.9, 0.5, 0.5] as const;
const VOLUME = volumeOf([2, 2, 2], [0, 1, 1, 2, 2, 2, 0, 0]);
const NESTED = definitionOf({ background: 0, whole: [1, 2], core: 2 }, [1, 2]);
const opened = (definition = NESTED) => ({
  openCase: caseOf(VOLUME),
  definition,
  plans: PLANS,
  notices: [],
});

beforeEach(() => caseOpened(opened()));
afterEach(() => useStore.setState(initial, true));

test("memo computes again only when its inputs change", () => {
  let computed = 0;
  const twice = memo(
    (s: { readonly n: number }) => [s.n],
    (n) => {
      computed += 1;
      return [n * 2];
    },
  );
  expect(twice({ n: 2 })).toBe(twice({ n: 2 }));
  expect(twice({ n: 3 })).toEqual([6]);
  expect(computed).toBe(2);
});

describe("an open case", () => {
  test("regions, scales and round trip follow from it", () => {
    expect(selectRegionSet(state())?.regions.map((region) => region.name)).toEqual(["whole", "core"]);
    expect(selectScales(state())).toHaveLength(5);
    expect(selectRoundTrip(state())?.lossless).toBe(true);
  });

  test("labels in no region are one more row, and one more channel to draw, until a region has them", () => {
    expect(selectDrawnTable(state())).toBe(selectRegionTable(state()));
    expect(selectAllRows(state())).toBe(selectRegionRows(state()));

    const volume = volumeOf([1, 1, 7], [-1, 0, 1, 2, 7, 7, 9]);
    const imageSigns = { values: 90, differing: 0.9, negative: null };
    caseOpened({ ...opened(), openCase: caseOf(volume, { imageSigns }) });
    expect(selectAllRows(state())).toBe(selectRegionRows(state()));
    caseOpened({ ...opened(), openCase: caseOf(volume) });
    expect(selectRegionRows(state()).map(({ name }) => name)).toEqual(["whole", "core"]);
    expect(selectRegionTable(state())?.channels).toBe(2);
    const table = selectDrawnTable(state());
    expect(table?.channels).toBe(3);
    expect(table && regionCounts(table, [1, 1, 1, 1, 2, 1])).toEqual([2, 1, 4]);
    countsArrived([[2, 1, 4]]);
    const row = selectRows(state()).at(-1);
    expect(row).toMatchObject({
      name: IN_NO_REGION,
      labels: "-1, 7, 9",
      channel: 2,
      inNoRegion: true,
      gone: null,
    });
    expect([row?.fullVoxels, row?.scaleStatus]).toEqual([4, ["sparse"]]);
    expect(selectLayers(state()).map(({ style }) => style.drawing)).toEqual(["both", "both", "hatch"]);

    toggleHidden(IN_NO_REGION);
    const with7 = definitionOf({ background: 0, whole: [1, 2], core: 2, other: 7 }, [1, 2, 7]);
    definitionEdited(with7, "add other");
    expect(selectAllRows(state()).map(({ name, labels }) => `${name}: ${labels}`)).toEqual([
      "whole: 1, 2",
      "core: 2",
      "other: 7",
      "in no region: -1, 9",
    ]);
    expect(selectRows(state()).map(({ name }) => name)).toEqual(["whole", "core", "other"]);
    definitionEdited(
      definitionOf({ background: 0, whole: [-1, 1, 2, 9], core: 2, other: 7 }, [1, 2, 7]),
      "add -1 and 9",
    );
    expect(selectAllRows(state())).toBe(selectRegionRows(state()));
  });

  test("-1 is a label of a file that has it, but not outside the nonzero mask", () => {
    const volume = volumeOf([1, 1, 4], [-1, 0, 1, 2]);
    const drawn = () => {
      const table = selectDrawnTable(state());
      return [selectAllRows(state()).at(-1)?.labels, table && regionCounts(table, [1, 1, 1, 1]).at(-1)];
    };
    caseOpened({ ...opened(), openCase: caseOf(volume) });
    expect(drawn()).toEqual(["-1", 1]);
    expect(selectRoundTrip(state())?.changes).toEqual([{ from: -1, to: 0, voxels: 1 }]);
    const grid = { shape: [1, 1, 4] } as unknown as TrainingGrid;
    useStore.setState({ openCase: caseOf(volume, { trained: { stored: caseOf(volume), grid } }) });
    expect(drawn()).toEqual(["-1", 0]);
    expect(selectRoundTrip(state())?.lossless).toBe(true);
    const labels = { file: "a.nii.gz", description: "training grid" } as unknown as FileGeometry;
    const geometry = { labels } as unknown as CaseGeometry;
    caseOpened({ ...opened(), openCase: caseOf(volume, { geometry }) });
    expect(selectAllRows(state())).toBe(selectRegionRows(state()));
    expect(selectRoundTrip(state())?.lossless).toBe(true);
  });

  test("labels in no region are never taken for a region that is named like them", () => {
    const named = (name: string) => definitionOf({ background: 0, whole: [1, 2], [name]: 2 }, [1, 2]);
    const openCase = caseOf(volumeOf([1, 1, 4], [0, 1, 2, 7]));
    caseOpened({ ...opened(), openCase, definition: named("core") });
    toggleHidden(IN_NO_REGION);
    selectRegion(IN_NO_REGION);
    const rows = () => selectAllRows(state()).map(({ name, inNoRegion }) => [name, inNoRegion]);
    const shown = () => selectRows(state()).map(({ name }) => name);

    definitionEdited(named(IN_NO_REGION), "rename core", { from: "core", to: IN_NO_REGION });
    const other = `${IN_NO_REGION} 2`;
    expect(rows()).toEqual([
      ["whole", false],
      [IN_NO_REGION, false],
      [other, true],
    ]);
    expect([shown(), state().selectedRegion]).toEqual([["whole", IN_NO_REGION], other]);
    toggleHidden(other);
    setStyle(other, { drawing: "hatch" });
    setStyle(IN_NO_REGION, { drawing: "both" });
    expect(state().styles.size).toBe(0);
    expect(selectLayers(state()).map(({ style }) => style.drawing)).toEqual(["both", "both", "hatch"]);

    undo();
    expect(rows().at(-1)).toEqual([IN_NO_REGION, true]);
    expect(selectLayers(state()).map(({ style }) => style.drawing)).toEqual(["both", "both", "hatch"]);
  });

  test("full size is known before the GPU has counted", () => {
    const [whole, core] = selectRegionRows(state());
    expect([whole?.fullVoxels, core?.fullVoxels]).toEqual([5, 3]);
    expect(whole?.scaleStatus).toBeNull();
  });

  test("counts say where a region thins out and has no voxel", () => {
    countsArrived([
      [500, 0],
      [7, 0],
      [0, 0],
    ]);
    const [whole, core] = selectRegionRows(state());
    expect(whole?.scaleStatus).toEqual(["present", "sparse", "empty"]);
    expect(core?.scaleStatus).toEqual(["absent", "absent", "absent"]);
  });

  test("an edit keeps the row objects and counts of other regions, and counts only its own again", () => {
    const COUNTS = [
      [5, 3, 5],
      [2, 1, 2],
    ];
    caseOpened(opened(definitionOf({ background: 0, whole: [1, 2], core: 2, all: [1, 2] }, [1, 2, 3])));
    countsArrived(COUNTS);
    const before = selectRegionRows(state());
    const edited = definitionOf({ background: 0, whole: [1], core: 2, all: [1, 2] }, [1, 2, 3]);
    definitionEdited(edited, "take label 2 out");
    expect(state().regionVoxels).toBeNull();
    const [whole, ...others] = selectRegionRows(state());
    expect(others.map((row, i) => row === before[i + 1])).toEqual([true, true]);
    expect([whole?.fullVoxels, whole?.voxels, whole?.scaleStatus]).toEqual([2, null, null]);
    // After undo the counts are known already, and counting again changes nothing.
    undo();
    const undone = selectRegionRows(state());
    expect(undone[0]?.voxels).toEqual([5, 2]);
    countsArrived(COUNTS);
    expect(selectRegionRows(state()).map((row, i) => row === undone[i])).toEqual([true, true, true]);
  });

  test("counts of other scales are not kept", () => {
    countsArrived([[5, 3]]);
    setMode("resize-segmentation");
    expect(selectRegionRows(state()).map(({ voxels }) => voxels)).toEqual([null, null]);
  });

  test("another mode invalidates counts and verification", () => {
    countsArrived([[1, 1]]);
    verifiedArrived(0, { channels: 2, of: 2, randomParts: null });
    setMode("resize-segmentation");
    expect([state().regionVoxels, state().verified]).toEqual([null, null]);
  });

  test("a finding names the header field that scales the labels", () => {
    const scaled = { slope: 0.5, intercept: 0, stored: [0, 1, 2], range: null };
    const volume = { ...volumeOf([1, 1, 3], [0, 0.5, 1]), scaled };
    caseOpened({ ...opened(), openCase: caseOf(volume) });
    expect(selectFindings(state())[0]?.code).toBe("header-scales-labels");
  });

  test("findings on the definition use the labels of the volume", () => {
    caseOpened(opened(definitionOf({ background: 0, b: 2 }, null)));
    const gap = selectFindings(state()).find(({ code }) => code === "labels-not-consecutive");
    expect(gap?.message).toMatch(/Label 1 is in the volume but in no entry: give it its own entry/);
  });

  test("moving the crosshair recomputes no findings", () => {
    const before = selectFindings(state());
    stepSlice(1);
    expect(selectFindings(state())).toBe(before);
  });

  test("hide and solo choose rows", () => {
    toggleHidden("whole");
    expect(selectRows(state()).map((row) => row.name)).toEqual(["core"]);
    toggleSolo("whole");
    expect(selectRows(state()).map((row) => row.name)).toEqual(["whole"]);
    showAll();
    expect(selectRows(state())).toHaveLength(2);
  });

  test("the crosshair stays inside the volume", () => {
    setVoxel([9, -3, 1]);
    expect(state().view.voxel).toEqual([1, 0, 1]);
    setPlane("axial");
    stepSlice(-5);
    expect(state().view.voxel).toEqual([0, 0, 1]);
  });
});

describe("other sources", () => {
  test("without dataset.json each label is a region, named by the file", () => {
    const labelNames = [{ value: 2, name: "tumour", color: null }];
    caseOpened({ ...opened(), openCase: caseOf(VOLUME, { labelNames }), definition: null });
    expect(selectRegionSet(state())?.regions.map((region) => region.labels)).toEqual([[1], [2]]);
    expect(selectRegionRows(state())[1]?.name).toBe("tumour");
  });

  test("masks have no labels to lose and are drawn bit-packed", () => {
    const stack = stackOf([1, 1, 2], { liver: [1, 1], tumour: [0, 1] });
    caseOpened({
      ...opened(),
      openCase: caseOf(VOLUME, { source: { kind: "masks", stack } }),
      definition: null,
    });
    expect(selectRoundTrip(state())).toBeNull();
    expect(state().view.drawFrom).toBe("bit-packed");
  });

  test("masks have their file's colours while those are on, and the user's colours take precedence", () => {
    const stack = { ...stackOf([1, 1, 2], { liver: [1, 1], tumour: [0, 1] }), colors: [RED, null] };
    const openCase = caseOf(VOLUME, { source: { kind: "masks", stack } });
    caseOpened({ ...opened(), openCase, definition: null });
    const colors = () => selectRegionRows(state()).map(({ color }) => color);
    expect(hasFileColors(state())).toBe(true);
    expect(colors()).toEqual([RED, regionColor(1)]);
    setFields({ fileColors: false });
    expect(colors()).toEqual([regionColor(0), regionColor(1)]);
    setFields({ fileColors: true });
    colorChosen("liver", [0.1, 0.9, 0.2]);
    expect(colors()[0]).toEqual([0.1, 0.9, 0.2]);
  });

  test("a link applies only to its own sample", () => {
    viewLinked({
      sample: "abdomen-regions",
      plane: "axial",
      voxel: [1, 1, 1],
      solo: "core",
    });
    caseOpened(opened());
    expect(state().solo).toBeNull();
    viewLinked({
      sample: "abdomen-regions",
      plane: "axial",
      voxel: [1, 1, 9],
      solo: "core",
    });
    caseOpened({ ...opened(), openCase: caseOf(VOLUME, { sampleId: "abdomen-regions" }) });
    expect(state().view).toMatchObject({ plane: "axial", voxel: [1, 1, 1] });
    expect(state().solo).toBe("core");
  });
});
