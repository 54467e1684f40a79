/** Tests the survival selectors: queries, rows, stepping and shares of components. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Plans } from "../../domain/dataset/plans.ts";
import { regionTable } from "../../domain/dataset/region-table.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import { componentShares } from "../../domain/patches/component-shares.ts";
import { patchShares } from "../../domain/patches/patch-shares.ts";
import { patchTargets } from "../../domain/targets/patch.ts";
import { finish } from "../../domain/testing/finish.ts";
import { definitionOf, TO_WORLD, volumeOf } from "../../domain/testing/small-case.ts";
import { survival } from "../../domain/testing/survival.ts";
import { panTo } from "../../domain/volume/pan-to.ts";
import { caseOpened, setMode, setStrides } from "../../state/actions/case-actions.ts";
import { definitionEdited } from "../../state/actions/edit-actions.ts";
import { patchSharesArrived, patchSourceFound } from "../../state/actions/patch-shares-actions.ts";
import {
  componentSharesArrived,
  componentVisited,
  setPatchSettings,
  setPooling,
  setSurvivalList,
  stepPending,
  survivalArrived,
  survivalMoved,
} from "../../state/actions/survival-actions.ts";
import {
  selectRegion,
  setActiveView,
  setView,
  toggleHidden,
  toggleShowVanishing,
  toggleSolo,
} from "../../state/actions/view-actions.ts";
import { selectRegionSet } from "../../state/case/case-selectors.ts";
import { selectComponentShares, selectPatchSharesQuery } from "../../state/case/patch-shares-selectors.ts";
import {
  isSurvivalFresh,
  isSurvivalWanted,
  selectOriginRange,
  selectPatch,
  selectShownScales,
  selectSurvivalQuery,
  selectSurvivalResult,
} from "../../state/case/shown-patch.ts";
import { useStore } from "../../state/store.ts";
import { caseOf, PLANS } from "../../state/testing/test-case.ts";
import {
  nextEmptied,
  outcomeOf,
  selectStepFacts,
  selectSurvivalRows,
  selectSurvivalTally,
  survivalLines,
} from "./survival-rows.ts";

const initial = useStore.getInitialState();
const state = useStore.getState;

/**
 * Scales of 16, 8 and 4 voxels along one axis; the last has no weight. Scale 1 reads 1, 3, 5, …; scale 2
 * reads 2, 6, 10, 14.
 */
const STRIDES: readonly Triple[] = [
  [1, 1, 1],
  [1, 1, 2],
  [1, 1, 2],
  [1, 1, 2],
];
/**
 * Label 1: voxels 0 (lost at scale 1) and 9, 10, 11. Label 2: voxels 4 (lost at scale 1), 7 (lost at scale 2)
 * and 13, 14.
 */
const VOLUME = volumeOf([1, 1, 16], [1, 0, 0, 0, 2, 0, 0, 2, 0, 1, 1, 1, 0, 2, 2, 0]);
const DEFINITION = definitionOf({ background: 0, one: 1, two: 2, both: [1, 2] }, [1, 2, 3]);

/** Answers as the worker would. */
function result() {
  const query = selectSurvivalQuery(state());
  const set = selectRegionSet(state());
  if (!query || !set) throw new Error("nothing to ask");
  const { source, patch, strides, mode } = query;
  const { tables } = patchTargets(VOLUME.grid.shape, patch, strides, mode);
  const table = regionTable(VOLUME.palette, set.regions);
  const channels = set.regions.map((_, channel) => channel);
  const regions = survival({ source, table, channels, scales: tables, patch });
  survivalArrived({ query, regions, complete: true });
}

beforeEach(() => {
  caseOpened({ openCase: caseOf(VOLUME), definition: DEFINITION, plans: null, notices: [] });
  setStrides(STRIDES);
});
afterEach(() => useStore.setState(initial, true));

describe("the query", () => {
  test("stays the same after a renaming, and changes with labels, mode, patch or pooling", () => {
    const before = selectSurvivalQuery(state());
    const renamed = definitionOf({ background: 0, first: 1, two: 2, both: [1, 2] }, [3, 2, 1]);
    definitionEdited(renamed, "rename");
    expect(selectSurvivalQuery(state())).toBe(before);
    definitionEdited(definitionOf({ background: 0, one: 1, two: 2, both: [1] }, [1, 2, 3]), "labels");
    expect(selectSurvivalQuery(state())).not.toBe(before);
    for (const change of [
      () => setMode("resize-segmentation"),
      () => setPooling("any"),
      () => setPatchSettings({ on: true, size: [1, 1, 8] }),
      () => setPatchSettings({ origin: [0, 0, 1] }),
    ]) {
      const last = selectSurvivalQuery(state());
      change();
      expect(selectSurvivalQuery(state())).not.toBe(last);
    }
  });

  test("the patch is in the middle until it is placed, and only at origins that the loader could choose", () => {
    expect(selectPatch(state())).toBeNull();
    setPatchSettings({ on: true, size: [1, 1, 8] });
    expect(selectPatch(state())).toEqual({ origin: [0, 0, 4], size: [1, 1, 8] });
    expect(selectOriginRange(state())).toEqual({ first: [0, 0, 0], last: [0, 0, 8] });
    setPatchSettings({ origin: [0, 0, 99] });
    expect(selectPatch(state())?.origin).toEqual([0, 0, 8]);
    expect(selectShownScales(state()).map(({ shape }) => shape[2])).toEqual([8, 4, 2]);
  });

  test("a result for other components is not shown; one for another patch is shown as outdated", () => {
    result();
    expect(isSurvivalFresh(state())).toBe(true);
    setPatchSettings({ on: true, size: [1, 1, 8] });
    expect(isSurvivalFresh(state())).toBe(false);
    expect(selectSurvivalResult(state())).not.toBeNull();
    setStrides([...STRIDES, [1, 1, 2]]);
    expect(selectSurvivalResult(state())).toBeNull();
    expect(selectSurvivalTally(state())).toBeNull();
  });

  test("is wanted while survival is shown", () => {
    expect(isSurvivalWanted(state())).toBe(false);
    setActiveView("survival");
    expect(isSurvivalWanted(state())).toBe(true);
    setActiveView("grid");
    stepPending(1);
    expect(isSurvivalWanted(state())).toBe(true);
    componentVisited({ region: "one", component: 0 }, [0, 0, 10]);
    expect(isSurvivalWanted(state())).toBe(true);
    selectRegion(null);
    expect(isSurvivalWanted(state())).toBe(false);
    toggleShowVanishing();
    expect(isSurvivalWanted(state())).toBe(true);
    setActiveView("relations");
    expect(isSurvivalWanted(state())).toBe(false);
  });
});

describe("rows", () => {
  const names = () => selectSurvivalRows(state()).map(({ region }) => region.name);

  test("only the regions are listed before a result has arrived", () => {
    expect(selectSurvivalRows(state()).map(({ survival: known, outcome }) => [known, outcome])).toEqual([
      [null, null],
      [null, null],
      [null, null],
    ]);
    expect(
      survivalLines(
        selectSurvivalRows(state()),
        { onlyGone: false },
        new Set(["one"]),
        selectShownScales(state()),
      ),
    ).toHaveLength(3);
  });

  test("outcomes distinguish what the loss misses from what is outside it", () => {
    result();
    const [one, two] = selectSurvivalRows(state());
    expect(one?.outcomes).toEqual([{ kind: "kept" }, { kind: "emptied", scale: 1 }]);
    // Largest first: 13 and 14, then 4, then 7.
    expect(two?.outcomes).toEqual([
      { kind: "kept" },
      { kind: "emptied", scale: 1 },
      { kind: "weightless", scale: 2 },
    ]);
    expect([one?.emptied, two?.emptied]).toEqual([1, 1]);
    const scales = selectShownScales(state());
    const none = { voxels: 0, inPatch: 0, perScale: [0, 0, 0], vanishesAt: null };
    expect(outcomeOf(none, scales)).toEqual({ kind: "absent" });
    expect(outcomeOf({ ...none, voxels: 3 }, scales)).toEqual({ kind: "outside" });
    expect(selectSurvivalTally(state())).toEqual({
      regions: 3,
      regionsEmptied: 0,
      components: 10,
      emptied: 4,
    });
  });

  test("are sorted by size and by where something has no voxel", () => {
    result();
    expect(names()).toEqual(["one", "two", "both"]);
    setSurvivalList({ sort: "size" });
    expect(names()).toEqual(["both", "one", "two"]);
    setSurvivalList({ sort: "gone" });
    expect(names()).toEqual(["one", "two", "both"]);
    expect(selectSurvivalRows(state())[1]?.order).toEqual([1, 2, 0]);
  });

  test("lines follow the expanded regions and the filter", () => {
    result();
    const rows = selectSurvivalRows(state());
    const kinds = (onlyGone: boolean, ...open: string[]) =>
      survivalLines(rows, { onlyGone }, new Set(open), selectShownScales(state())).map((line) =>
        line.kind === "component" ? line.component : line.kind,
      );
    expect(kinds(false, "two")).toEqual(["region", "region", 0, 1, 2, "region"]);
    expect(kinds(true, "two")).toEqual(["region", "region", 1, "region"]);
  });

  test("components that are only counted have a separate line", () => {
    const query = selectSurvivalQuery(state());
    if (!query) throw new Error("nothing to ask");
    const region = (channel: number) => ({
      channel,
      voxels: 5,
      inPatch: 5,
      perScale: [5, 2, 1],
      vanishesAt: null,
      components: [],
      rest: { components: 3, voxels: 5 },
    });
    survivalArrived({ query, regions: [0, 1, 2].map(region), complete: true });
    const lines = survivalLines(
      selectSurvivalRows(state()),
      { onlyGone: false },
      new Set(["one"]),
      selectShownScales(state()),
    );
    expect(lines.map(({ kind }) => kind)).toEqual(["region", "rest", "region", "region"]);
  });
});

describe("stepping", () => {
  const visit = (by: 1 | -1) => {
    const place = nextEmptied(state(), by);
    if (place) componentVisited(place, [0, 0, 0]);
    return place && `${place.region} ${place.component}`;
  };

  test("wraps around, in the order of the table, from the current component", () => {
    expect(visit(1)).toBeNull();
    result();
    const around = [1, 1, 1, 1, 1].map(() => visit(1));
    expect(around).toEqual(["one 1", "two 1", "both 2", "both 3", "one 1"]);
    expect(visit(-1)).toBe("both 3");
    survivalMoved({ region: "two", component: null });
    expect(visit(1)).toBe("two 1");
    survivalMoved({ region: "two", component: 0 });
    expect(visit(-1)).toBe("one 1");
  });

  test("moves the crosshair, selects and shows the region, and tells the component's outcome", () => {
    result();
    toggleHidden("two");
    toggleSolo("one");
    componentVisited({ region: "two", component: 1 }, [0, 0, 4]);
    expect(state()).toMatchObject({ selectedRegion: "two", solo: null, view: { voxel: [0, 0, 4] } });
    expect([...state().hidden]).toEqual([]);
    expect(state().survivalExpanded.has("two")).toBe(true);
    expect(selectStepFacts(state())).toMatchObject({
      component: 1,
      survival: { voxels: 1 },
      outcome: { kind: "emptied", scale: 1 },
      nth: 2,
      of: 4,
    });
    selectRegion("one");
    expect(selectStepFacts(state())).toBeNull();
  });

  test("centres the crosshair in the tiles when they are magnified", () => {
    const grid = { shape: [10, 10, 10], toWorld: TO_WORLD } as const;
    // Coronal: R on the left, S at the top; voxel (7, ., 2) is up and, because x increases towards R, to the
    // right.
    expect(panTo(grid, "coronal", "radiological", [7, 5, 2])).toEqual([-2.5, 2.5]);
    result();
    componentVisited({ region: "one", component: 0 }, [0, 0, 10]);
    expect(state().view.panMm).toEqual([0, 0]);
    setView({ zoom: 2 });
    componentVisited({ region: "one", component: 0 }, [0, 0, 10]);
    expect(state().view.panMm).toEqual(panTo(VOLUME.grid, state().view.plane, "radiological", [0, 0, 10]));
  });
});

describe("shares of patches", () => {
  const plans: Plans = {
    ...PLANS,
    configurations: [{ name: "3d_fullres", strides: STRIDES, patchSize: [1, 1, 8], batchSize: 2 }],
  };
  const shares = () => {
    const query = selectPatchSharesQuery(state());
    if (!query) throw new Error("nothing to ask");
    return query;
  };
  const answerRegions = () => patchSharesArrived(shares().key, finish(patchShares(shares().input)));

  beforeEach(() => {
    caseOpened({ openCase: caseOf(VOLUME), definition: DEFINITION, plans, notices: [] });
    patchSourceFound({ kind: "stored" });
  });

  test("regions wait for theirs, then are ordered and filtered by them", () => {
    const rows = () => selectSurvivalRows(state());
    result();
    expect(rows().map(({ region }) => region.gone)).toEqual(["awaited", "awaited", "awaited"]);
    answerRegions();
    const gone = rows().map(({ region }) => region.gone as readonly number[]);
    expect(gone.map(([atFull]) => atFull)).toEqual([0, 0, 0]);
    expect(gone[0]?.[1]).toBeGreaterThan(0);
    const share = rows()[0]?.share;
    expect(gone[0]).toEqual(share?.gone.map((part) => part / (share?.inPatch ?? 0)));
    setSurvivalList({ sort: "gone" });
    const most = rows().map(({ region }) => Math.max(...(region.gone as readonly number[]).slice(0, 2)));
    expect(most).toEqual([...most].sort((a, b) => b - a));
    expect(new Set(most).size).toBe(3);
  });

  test("those of components are shown as long as regions, scales and patch are those on the page", () => {
    const { key, input } = shares();
    componentSharesArrived({ key, channels: finish(componentShares(input)) });
    result();
    const found = selectSurvivalRows(state())[0]?.shares;
    expect(found).toHaveLength(2);
    // Voxel 0 is only in a patch at origin 0 or before, where scale 1 reads voxel 1 or what comes before 0.
    expect(found?.[1]?.inPatch).toBeGreaterThan(0);
    expect(found?.[1]?.gone[1]).toBeGreaterThan(0);
    setPatchSettings({ on: true, origin: [0, 0, 2] });
    expect(selectComponentShares(state())).not.toBeNull();
    setPatchSettings({ size: [1, 1, 6] });
    expect(selectComponentShares(state())).toBeNull();
  });
});
