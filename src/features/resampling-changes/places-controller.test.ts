/** Tests stepping through the places that resampling changed, on the grid where there is something to see. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Grid, Triple } from "../../domain/geometry/grid.ts";
import { definitionOf } from "../../domain/testing/small-case.ts";
import { componentOf } from "../../domain/training-grid/changed-place.ts";
import { volumeFromLabels } from "../../domain/volume/volume-from-labels.ts";
import { cancelTrainingGrid } from "../../state/actions/cancel-training-grid.ts";
import {
  caseClosed,
  caseOpened,
  definitionOpened,
  setConfiguration,
} from "../../state/actions/case-actions.ts";
import { placeStepped } from "../../state/actions/changed-places-actions.ts";
import { componentVisited, stepEnded, stepPending } from "../../state/actions/survival-actions.ts";
import { setGrid } from "../../state/actions/training-grid-actions.ts";
import { selectStoredCase } from "../../state/case/stored-case.ts";
import type { PlaceFilter } from "../../state/slices/changed-places-slice.ts";
import { useStore } from "../../state/store.ts";
import { caseOf, PLANS } from "../../state/testing/test-case.ts";
import { TrainingGridSync } from "../case/training-grid-sync.ts";
import { PlaceSteps } from "./places-controller.ts";
import { syncResamplingChanges } from "./resampling-changes-sync.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;
const initial = useStore.getInitialState();
const state = useStore.getState;
const GRID: Grid = { shape: [8, 12, 12], toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0] };
/** A ball of four labels that meet along an edge, and a voxel of label 5 that is too small to remain. */
const VOLUME = volumeFromLabels(
  GRID,
  Array.from({ length: 8 * 12 * 12 }, (_, i) => {
    const [z, y, x] = [Math.floor(i / 144), Math.floor(i / 12) % 12, i % 12];
    if (z === 3 && y === 1 && x === 9) return 5;
    const isInBall = (z - 4) ** 2 + (y - 6) ** 2 + (x - 6) ** 2 < 22;
    return isInBall ? 1 + Number(y > 6) + 2 * Number(x > 6) : 0;
  }),
);
const NAMES = { background: 0, a: 1, b: 2, c: 3, d: 4, lesion: 5 };

const configuration = (name: string, spacing: Triple | null) => ({
  name,
  strides: [[1, 1, 1]] as const,
  patchSize: null,
  batchSize: 2,
  spacing,
});

function open() {
  caseOpened({
    openCase: caseOf(VOLUME),
    definition: definitionOf(NAMES, null),
    plans: {
      ...PLANS,
      configurations: [
        configuration("coarse", [2, 1.5, 2]),
        configuration("finer", [1.5, 1.5, 2]),
        configuration("none", null),
      ],
    },
    configuration: "coarse",
    notices: [],
  });
}

const settled = () =>
  vi.waitFor(() => expect([state().busy, state().trainingGridProgress]).toEqual([0, null]));

/** The place that is outlined, or fails. */
function at() {
  const { placeStep } = state();
  if (placeStep?.kind !== "at") throw new Error(`no place: ${placeStep?.kind ?? "null"}`);
  return placeStep;
}

let steps: PlaceSteps;
let end: (() => void)[] = [];

beforeEach(() => {
  const grids = new TrainingGridSync();
  steps = new PlaceSteps();
  end = [syncResamplingChanges(), () => grids.dispose(), () => steps.dispose()];
});
afterEach(() => {
  for (const each of end) each();
  useStore.setState(initial, true);
});

test("a step waits until the places are known, and begins with what is gone, on the stored grid", async () => {
  open();
  useStore.setState({ activeView: "relations", grid: "trained", hidden: new Set(["lesion"]) });
  steps.step(1);
  expect(state().placeStep).toMatchObject({ kind: "pending", by: 1 });
  await settled();
  expect(at().place).toMatchObject({ kind: "gone", channel: 4 });
  expect(at().nth).toBe(1);
  expect([state().grid, state().openCase?.trained ?? null]).toEqual(["stored", null]);
  expect(state().view.voxel).toEqual([3, 1, 9]);
  expect([state().activeView, state().selectedRegion, state().hidden.size]).toEqual(["planes", "lesion", 0]);
});

test("a step makes the training grid, also if that was cancelled", async () => {
  open();
  cancelTrainingGrid();
  await settled();
  expect(state().trainingGrid).toBeNull();
  steps.step(1);
  await settled();
  expect(at().place).toMatchObject({ kind: "gone", channel: 4 });
});

test("a step that waits for the training grid ends if making that is cancelled", async () => {
  open();
  steps.step(1);
  expect(state().placeStep?.kind).toBe("pending");
  cancelTrainingGrid();
  await settled();
  expect(state().placeStep).toMatchObject({ kind: "none", why: "Making the training grid was cancelled." });
  steps.step(1);
  await settled();
  expect(at().nth).toBe(1);
});

test("without a GPU no view has pictures, and the table stays", async () => {
  open();
  useStore.setState({ activeView: "survival", survivalPart: "resampling" });
  const gpuGone = { status: "unavailable", reason: "no-adapter", sentence: "There is none." } as const;
  useStore.setState({ gpu: gpuGone });
  steps.step(1);
  await settled();
  expect([at().nth, state().view.voxel, state().activeView]).toEqual([1, [3, 1, 9], "survival"]);
});

test("the grid of a place is not that of the next case", async () => {
  open();
  steps.step(1);
  await settled();
  expect(state().grid).toBe("stored");
  open();
  expect(state().grid).toBe("trained");
  setGrid("stored");
  steps.step(-1);
  await settled();
  expect(state().grid).toBe("trained");
  open();
  expect(state().grid).toBe("stored");
});

test("the next places are gaps and losses, on the training grid, and steps wrap around", async () => {
  open();
  steps.step(1);
  await settled();
  const { of } = at();
  const kinds: string[] = [at().place.kind];
  const voxels = [state().view.voxel.join()];
  for (let step = 1; step < of; step++) {
    steps.step(1);
    expect(at().nth).toBe(step + 1);
    expect(state().openCase?.trained != null).toBe(true);
    expect(state().view.voxel).toEqual(componentOf(at().place).example);
    kinds.push(at().place.kind);
    voxels.push(state().view.voxel.join());
  }
  expect(new Set(kinds)).toEqual(new Set(["gone", "gap", "lost"]));
  expect(kinds).toEqual(
    [...kinds].sort((a, b) => ["gone", "gap", "lost"].indexOf(a) - ["gone", "gap", "lost"].indexOf(b)),
  );
  steps.step(1);
  expect([at().nth, state().view.voxel.join(), state().grid]).toEqual([1, voxels[0], "stored"]);
  steps.step(-1);
  expect([at().nth, state().view.voxel.join(), state().grid]).toEqual([of, voxels.at(-1), "trained"]);
});

test("a filter holds until another one is given", async () => {
  open();
  steps.step(1, { kind: "gap", region: null });
  await settled();
  expect(at().place.kind).toBe("gap");
  steps.step(1);
  expect(at().filter).toEqual({ kind: "gap", region: null });
  steps.step(1, { kind: "lost", region: "a" });
  expect(at()).toMatchObject({ nth: 1, place: { kind: "lost", channel: 0 } });
  expect(state().selectedRegion).toBe("a");
  steps.step(1, { kind: "gone", region: "a" });
  expect(state().placeStep).toMatchObject({
    kind: "none",
    why: "No component of a is gone after resampling.",
  });
});

test("a filter outlives a change of the configuration, but neither its line nor its case", async () => {
  const GAPS = { kind: "gap", region: null } as const;
  const filterAfter = async (change: () => void, filter: PlaceFilter = GAPS) => {
    steps.step(1, filter);
    await settled();
    expect(at().filter).toEqual(filter);
    change();
    await settled();
    expect(state().placeStep).toBeNull();
    steps.step(1);
    await settled();
    return at().filter;
  };
  const every = { kind: null, region: null };
  open();
  expect(await filterAfter(() => setConfiguration("finer"))).toEqual(GAPS);
  expect(await filterAfter(() => placeStepped(null))).toEqual(every);
  expect(await filterAfter(open)).toEqual(every);
  const inB = { kind: "lost", region: "b" } as const;
  const more = () => definitionOpened(definitionOf({ ...NAMES, other: 6 }, null));
  expect(await filterAfter(more, inB)).toEqual(inB);
  const without = () => definitionOpened(definitionOf({ background: 0, all: [1, 2, 3, 4, 5] }, [1]));
  expect(await filterAfter(without, inB)).toEqual(every);
});

test("what was stepped through keeps no closed case", async () => {
  const stepped = async () => {
    open();
    steps.step(1, { kind: "gap", region: null });
    await settled();
    setConfiguration("finer");
    await settled();
    const source = selectStoredCase(state())?.source;
    if (!source) throw new Error("no case");
    return new WeakRef(source);
  };
  const source = await stepped();
  collectGarbage();
  expect(source.deref()).toBeDefined();
  open();
  await settled();
  await vi.waitFor(() => {
    collectGarbage();
    expect(source.deref()).toBeUndefined();
  });
});

test("a component is magnified right after a place that was", async () => {
  open();
  steps.step(1);
  await settled();
  expect(state().placeStep?.kind).toBe("at");
  componentVisited({ region: "a", component: 0 }, [3, 4, 5], [0.1, 0.1, 0.1]);
  await settled();
  expect(state()).toMatchObject({ view: { zoom: 12 }, planes: { zoom: 12 }, placeStep: null });
  stepEnded(null);
  expect([state().view.zoom, state().planes.zoom]).toEqual([1, 1]);
});

test("without a training grid it says why", async () => {
  open();
  setConfiguration("none");
  steps.step(1);
  await settled();
  expect(state().placeStep).toMatchObject({ kind: "none", why: expect.stringContaining("has no spacing") });
});

test("a place ends with its regions, its case, or a step to a component; closing its line stops the search", async () => {
  const start = async () => {
    open();
    steps.step(1);
    await settled();
    expect(state().placeStep?.kind).toBe("at");
  };
  await start();
  definitionOpened(definitionOf({ background: 0, all: [1, 2, 3, 4, 5] }, [1]));
  expect(state().placeStep).toBeNull();
  await start();
  stepPending(1);
  expect(state().placeStep).toBeNull();
  await start();
  caseClosed();
  expect(state().placeStep).toBeNull();
  open();
  steps.step(1);
  placeStepped(null);
  await settled();
  expect([state().placeStep, state().problem]).toEqual([null, null]);
});
