/** Tests that scales, targets, survival and shares of patches all follow the trainer. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { patchShares } from "../../domain/patches/patch-shares.ts";
import { defaultStrides, type Trainer } from "../../domain/targets/deep-supervision.ts";
import { finish } from "../../domain/testing/finish.ts";
import { definitionOf, volumeOf } from "../../domain/testing/small-case.ts";
import { caseOpened, setConfiguration, setStrides, setTrainer } from "../../state/actions/case-actions.ts";
import { countsArrived } from "../../state/actions/gpu-actions.ts";
import { patchSourceFound } from "../../state/actions/patch-shares-actions.ts";
import { setPatchSettings } from "../../state/actions/survival-actions.ts";
import { viewLinked } from "../../state/actions/view-actions.ts";
import {
  selectAxisTables,
  selectScales,
  selectStrides,
  selectTrainer,
} from "../../state/case/case-selectors.ts";
import { selectPatchSharesQuery } from "../../state/case/patch-shares-selectors.ts";
import { selectShownScales, selectSurvivalQuery } from "../../state/case/shown-patch.ts";
import { selectShownTargets, selectWholeTargets } from "../../state/case/shown-targets.ts";
import { useStore } from "../../state/store.ts";
import { caseOf, PLANS } from "../../state/testing/test-case.ts";
import { selectCompareQuery } from "../compare/compare-selectors.ts";

const initial = useStore.getInitialState();
const state = useStore.getState;

const VOLUME = volumeOf(
  [16, 16, 16],
  Array.from({ length: 16 ** 3 }, (_, i) => i % 3),
);
const open = (strides = PLANS.configurations[0]?.strides ?? null) => {
  caseOpened({
    openCase: caseOf(VOLUME),
    definition: definitionOf({ background: 0, whole: [1, 2], core: 2 }, [1, 2]),
    plans: {
      ...PLANS,
      configurations: ["3d_fullres", "other"].map((name) => ({
        name,
        strides,
        patchSize: [16, 16, 16] as const,
        batchSize: 2,
      })),
    },
    notices: [],
  });
  patchSourceFound({ kind: "stored" });
};

beforeEach(() => open());
afterEach(() => useStore.setState(initial, true));

/** Number of scales and weight of the coarsest one, from every selector that depends on them. */
function asked() {
  const s = state();
  const query = selectPatchSharesQuery(s);
  if (!query) throw new Error("no patches to share");
  const other = selectCompareQuery({ ...s, compareKind: "mode" })?.b.targets.scales;
  const of = {
    scales: selectScales(s),
    shown: selectShownScales(s),
    whole: selectWholeTargets(s)?.scales.map(({ scale }) => scale),
    targets: selectShownTargets(s)?.scales.map(({ scale }) => scale),
    other: other?.map(({ scale }) => scale),
    shares: finish(patchShares(query.input)).scales,
  };
  expect(selectAxisTables(s)).toHaveLength(of.scales.length);
  return Object.fromEntries(
    Object.entries(of).map(([name, scales]) => [name, [scales?.length, scales?.at(-1)?.lossWeight]]),
  );
}

const everybody = (scales: number, weight: unknown) =>
  Object.fromEntries(
    ["scales", "shown", "whole", "targets", "other", "shares"].map((name) => [name, [scales, weight]]),
  );

test.each([
  ["default", 5, 0],
  ["ddp", 5, expect.closeTo(1e-6 / 1.875001, 12)],
  ["no-deep-supervision", 1, 1],
] as const)("%s: %i scales, for the whole case and for a patch", (trainer, scales, weight) => {
  setTrainer(trainer);
  expect(asked()).toEqual(everybody(scales, weight));
  expect(selectSurvivalQuery(state())?.trainer).toBe(trainer);
  setPatchSettings({ on: true, size: [16, 16, 16] });
  expect(asked()).toEqual(everybody(scales, weight));
});

test("another trainer invalidates the counts; choosing the same one keeps them", () => {
  const counts = [[5, 3]];
  countsArrived(counts);
  setTrainer("default");
  expect(state().regionVoxels).toBe(counts);
  setTrainer("ddp");
  expect(state().regionVoxels).toBeNull();
});

test("plans without strides give full size alone, whichever trainer is chosen", () => {
  open(null);
  const counts = [[5, 3]];
  countsArrived(counts);
  for (const trainer of ["ddp", "default"] satisfies Trainer[]) {
    setTrainer(trainer);
    expect(selectTrainer(state())).toBe("no-deep-supervision");
    expect(asked()).toEqual(everybody(1, 1));
    // Kept, because nothing would count them again.
    expect(state().regionVoxels).toBe(counts);
  }
  const before = selectWholeTargets(state());
  setConfiguration("other");
  expect(state().regionVoxels).toBeNull();
  expect(selectWholeTargets(state())).not.toBe(before);
});

test("edited strides take precedence over plans without strides", () => {
  open(null);
  setStrides(defaultStrides());
  expect([selectTrainer(state()), selectScales(state()).length]).toEqual(["default", 5]);
  setStrides(null);
  expect([selectTrainer(state()), selectStrides(state())]).toEqual(["no-deep-supervision", [[1, 1, 1]]]);
});

test("the address chooses a trainer", () => {
  viewLinked({ trainer: "ddp" });
  expect(state().trainer).toBe("ddp");
  viewLinked({});
  expect(state().trainer).toBe("ddp");
});
