/** Tests when jobs of survival and of shares start, restart and end. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Plans } from "../../domain/dataset/plans.ts";
import { definitionOf, volumeOf } from "../../domain/testing/small-case.ts";
import { survival } from "../../domain/testing/survival.ts";
import type { TrainingGrid } from "../../domain/training-grid/training-grid.ts";
import { volumeFromLabels } from "../../domain/volume/volume-from-labels.ts";
import { caseClosed, caseOpened, setStrides } from "../../state/actions/case-actions.ts";
import { definitionEdited } from "../../state/actions/edit-actions.ts";
import { patchSourceFound } from "../../state/actions/patch-shares-actions.ts";
import { setPatchSettings, survivalArrived } from "../../state/actions/survival-actions.ts";
import { gridShown } from "../../state/actions/training-grid-actions.ts";
import { setActiveView } from "../../state/actions/view-actions.ts";
import { selectComponentShares } from "../../state/case/patch-shares-selectors.ts";
import { isSurvivalFresh, selectSurvivalQuery } from "../../state/case/shown-patch.ts";
import { useStore } from "../../state/store.ts";
import { caseOf, PLANS } from "../../state/testing/test-case.ts";
import type { SurvivalRequest } from "../../workers/survival-protocol.ts";
import { SurvivalRuns } from "./survival-controller.ts";

interface Asked {
  readonly request: SurvivalRequest;
  readonly signal: AbortSignal;
  /** Answers as the worker would. */
  result(): Promise<void>;
  fail(): Promise<void>;
}

const worker = vi.hoisted(() => ({ asked: [] as Asked[] }));

vi.mock("../../workers/survival.ts", () => ({
  survivalInWorker: (request: SurvivalRequest, _: unknown, signal: AbortSignal) =>
    new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
      const settled = () => new Promise<void>((next) => setTimeout(next));
      worker.asked.push({
        request,
        signal,
        result: () => {
          resolve(request.kind === "survival" ? survival(request.job) : []);
          return settled();
        },
        fail: () => {
          reject(new Error("out of memory"));
          return settled();
        },
      });
    }),
}));

const initial = useStore.getInitialState();
const state = useStore.getState;
const VOLUME = volumeOf([1, 1, 16], [1, 0, 0, 0, 2, 0, 0, 2, 0, 1, 1, 1, 0, 2, 2, 0]);
const DEFINITION = definitionOf({ background: 0, one: 1, both: [1, 2] }, [1, 2]);

/** Twice as coarse along the last axis, in the same place. */
const TRAINED: TrainingGrid = {
  kind: "training-grid",
  volume: volumeFromLabels(
    { shape: [1, 1, 8], toWorld: VOLUME.grid.toWorld.map((value, i) => value * (i % 4 === 2 ? 2 : 1)) },
    [1, 0, 2, 0, 1, 0, 2, 2],
  ),
  box: { first: [0, 0, 0], shape: [1, 1, 16] },
  uncropped: null,
  resampling: { kind: "resampling", shape: [1, 1, 8], order: 1, separateAxis: null, orderZ: 0 },
  type: "int8",
  gapVoxels: 0,
};

const PATCHED: Plans = {
  ...PLANS,
  configurations: PLANS.configurations.map((one) => ({ ...one, patchSize: [1, 1, 8] })),
};

let runs: SurvivalRuns;

const open = () => caseOpened({ openCase: caseOf(VOLUME), definition: DEFINITION, plans: null, notices: [] });
const last = () => {
  const asked = worker.asked.at(-1);
  if (!asked) throw new Error("nothing was asked");
  return asked;
};

beforeEach(() => {
  worker.asked.length = 0;
  runs = new SurvivalRuns();
  open();
  // Halves only the last axis.
  setStrides([
    [1, 1, 1],
    [1, 1, 2],
    [1, 1, 2],
    [1, 1, 2],
  ]);
});

afterEach(() => {
  runs.dispose();
  useStore.setState(initial, true);
});

test("survival is computed once it is shown, and only once", async () => {
  expect(worker.asked).toHaveLength(0);
  setActiveView("survival");
  expect(worker.asked).toHaveLength(1);
  expect(state().busy).toBe(1);
  await last().result();
  expect(isSurvivalFresh(state())).toBe(true);
  expect([state().busy, state().survivalRun]).toEqual([0, null]);
  setActiveView("grid");
  setActiveView("survival");
  expect(worker.asked).toHaveLength(1);
});

test("another patch is queried after the running job ends, another definition at once", async () => {
  setActiveView("survival");
  setPatchSettings({ on: true, size: [1, 1, 8] });
  setPatchSettings({ origin: [0, 0, 2] });
  expect(worker.asked).toHaveLength(1);
  await last().result();
  expect(worker.asked).toHaveLength(2);
  expect(last().request).toMatchObject({ job: { patch: { origin: [0, 0, 2], size: [1, 1, 8] } } });
  await last().result();
  expect(isSurvivalFresh(state())).toBe(true);

  definitionEdited(definitionOf({ background: 0, one: 1, both: [2, 1, 3] }, [1, 2]), "labels");
  const first = last();
  definitionEdited(definitionOf({ background: 0, one: 1, both: [2] }, [1, 2]), "labels");
  expect(first.signal.aborted).toBe(true);
  await last().result();
  expect([isSurvivalFresh(state()), state().busy]).toEqual([true, 0]);
});

test("a cancelled job does not restart until the user requests it", async () => {
  setActiveView("survival");
  runs.cancel();
  expect(last().signal.aborted).toBe(true);
  expect(state().survivalStopped).toBe(selectSurvivalQuery(state()));
  setActiveView("grid");
  setActiveView("survival");
  expect(worker.asked).toHaveLength(1);
  runs.run();
  expect(worker.asked).toHaveLength(2);
  await last().result();
  expect([isSurvivalFresh(state()), state().busy]).toEqual([true, 0]);
});

test("a failure is reported once", async () => {
  setActiveView("survival");
  await last().fail();
  expect(state().problem).toBe("Survival could not be computed: out of memory");
  expect(worker.asked).toHaveLength(1);
  expect([state().busy, state().survivalRun]).toEqual([0, null]);
});

test("a step in the grid starts the query, and moves once the result is known", async () => {
  runs.step(1);
  expect(state().survivalStep).toEqual({ kind: "pending", by: 1 });
  await last().result();
  expect(state().survivalStep).toEqual({ kind: "at", place: { region: "one", component: 1 } });
  expect(state()).toMatchObject({ activeView: "grid", selectedRegion: "one", view: { voxel: [0, 0, 0] } });
  runs.step(1);
  expect(worker.asked).toHaveLength(1);
  expect(state().selectedRegion).toBe("both");
});

test("shares of components need plans, and end when their case is closed", async () => {
  runs.runComponentShares();
  expect(worker.asked).toEqual([]);
  caseOpened({ openCase: caseOf(VOLUME), definition: DEFINITION, plans: PATCHED, notices: [] });
  patchSourceFound({ kind: "stored" });
  runs.runComponentShares();
  expect(last().request.kind).toBe("componentShares");
  expect(state().componentSharesRun).not.toBeNull();
  caseClosed();
  expect(last().signal.aborted).toBe(true);
  await new Promise((next) => setTimeout(next));
  expect([state().componentSharesRun, state().busy]).toEqual([null, 0]);
});

test("results of both grids of a case are kept, and those of changed targets are not", async () => {
  setPatchSettings({ on: true, size: [1, 1, 4], origin: [0, 0, 4] });
  setActiveView("survival");
  await last().result();
  const onStored = state().survivalResult;
  gridShown(TRAINED);
  expect([state().survivalResult, worker.asked.length]).toEqual([null, 2]);
  await last().result();
  const onTrained = state().survivalResult;
  expect(onTrained?.regions).not.toEqual(onStored?.regions);
  for (const [grid, result] of [
    [null, onStored],
    [TRAINED, onTrained],
  ] as const) {
    gridShown(grid);
    expect(state().survivalResult).toBe(result);
    expect([isSurvivalFresh(state()), worker.asked.length]).toEqual([true, 2]);
  }
  // A moved patch on one grid is another one on the other, too.
  setPatchSettings({ origin: [0, 0, 0] });
  gridShown(null);
  expect([isSurvivalFresh(state()), worker.asked.length]).toEqual([false, 4]);
});

test("shares of components are kept, unfinished results are not, and cancelled work stays cancelled", async () => {
  caseOpened({ openCase: caseOf(VOLUME), definition: DEFINITION, plans: PATCHED, notices: [] });
  patchSourceFound({ kind: "stored" });
  runs.runComponentShares();
  await last().result();
  const shares = selectComponentShares(state());
  setActiveView("survival");
  const asked = selectSurvivalQuery(state());
  if (asked) survivalArrived({ query: asked, regions: [], complete: false });
  runs.cancel();
  const { length } = worker.asked;
  gridShown(TRAINED);
  expect(selectComponentShares(state())).toBeNull();
  await last().result();
  gridShown(null);
  expect([state().survivalResult, worker.asked.length]).toEqual([null, length + 1]);
  expect(shares !== null && selectComponentShares(state()) === shares).toBe(true);
});
