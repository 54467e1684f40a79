/**
 * Tests that the training grid is made when asked for, shown, and left again with everything in its place.
 */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Grid, type Triple, worldFromVoxel } from "../../domain/geometry/grid.ts";
import type { Ruler } from "../../domain/geometry/ruler.ts";
import { nonzeroMaskOf } from "../../domain/testing/nonzero-mask-of.ts";
import { definitionOf } from "../../domain/testing/small-case.ts";
import { sourceGrid, transposeVolume } from "../../domain/volume/palette-volume.ts";
import { volumeFromLabels } from "../../domain/volume/volume-from-labels.ts";
import { cancelTrainingGrid } from "../../state/actions/cancel-training-grid.ts";
import {
  caseClosed,
  caseOpened,
  caseReread,
  imageOpened,
  labelNamesOpened,
  setConfiguration,
  setTrainer,
} from "../../state/actions/case-actions.ts";
import { secondLabelsOpened } from "../../state/actions/compare-actions.ts";
import { countsArrived } from "../../state/actions/gpu-actions.ts";
import { navigate, trackViews } from "../../state/actions/navigate-history.ts";
import { setRulers } from "../../state/actions/ruler-actions.ts";
import { setPatchSettings } from "../../state/actions/survival-actions.ts";
import { setGrid } from "../../state/actions/training-grid-actions.ts";
import { setActiveView, setVoxel, viewLinked } from "../../state/actions/view-actions.ts";
import {
  selectLabels,
  selectRegionSet,
  selectRoundTrip,
  selectScales,
} from "../../state/case/case-selectors.ts";
import { selectFindings } from "../../state/case/finding-selectors.ts";
import { selectShownSecond } from "../../state/case/shown-second.ts";
import { selectStoredCase } from "../../state/case/stored-case.ts";
import { selectTrainingGrid } from "../../state/case/training-grid-selectors.ts";
import { useStore } from "../../state/store.ts";
import { caseOf, PLANS, secondOf } from "../../state/testing/test-case.ts";
import { savedViewOf } from "../../state/view/saved-view.ts";
import { selectCompareQuery } from "../compare/compare-selectors.ts";
import { showView } from "../share/view-file.ts";
import { TrainingGridSync } from "./training-grid-sync.ts";

const initial = useStore.getInitialState();
const state = useStore.getState;
/** Axes z, y, x of 2, 1 and 1 mm. */
const GRID: Grid = { shape: [8, 12, 12], toWorld: [0, 0, 1, 5, 0, 1, 0, -3, 2, 0, 0, 7] };
const LABELS = Array.from({ length: 8 * 12 * 12 }, (_, i) => {
  const [z, y, x] = [Math.floor(i / 144), Math.floor(i / 12) % 12, i % 12];
  if (z === 4 && y === 6 && x === 6) return 2;
  return z > 1 && y > 2 && y < 10 && x > 2 && x < 10 ? 1 : 0;
});
/** Zero in the first slices and at one corner. */
const IMAGE = Float32Array.from(LABELS, (_, i) => (i < 2 * 144 || i === 2 * 144 ? 0 : 1));
const configuration = (name: string, spacing: readonly number[] | null) => ({
  name,
  strides: [
    [1, 1, 1],
    [1, 2, 2],
  ] as const,
  patchSize: [2, 4, 4] as Triple,
  batchSize: 2,
  spacing,
});
const VOLUME = volumeFromLabels(GRID, LABELS);
const NONZERO = {
  kind: "known" as const,
  mask: nonzeroMaskOf(GRID.shape, [IMAGE]),
  channels: 1,
  moreFiles: [],
};

let sync: TrainingGridSync;

function open(sampleId: string | null = null) {
  caseOpened({
    openCase: caseOf(VOLUME, { nonzero: NONZERO, sampleId }),
    definition: definitionOf({ background: 0, organ: [1, 2], lesion: 2 }, [1, 2]),
    plans: {
      ...PLANS,
      configurations: [
        configuration("fine", [2, 2, 2]),
        configuration("coarse", [4, 4, 4]),
        configuration("none", null),
      ],
    },
    configuration: "fine",
    notices: [],
  });
}

const settled = () =>
  vi.waitFor(() => expect([state().busy, state().trainingGridProgress]).toEqual([0, null]));
const shape = () =>
  state().openCase && sourceGrid(state().openCase?.source ?? { kind: "labels", volume: VOLUME }).shape;
const mm = () => worldFromVoxel(sourceGrid(state().openCase?.source as never), state().view.voxel);

beforeEach(() => {
  sync = new TrainingGridSync();
});
afterEach(() => {
  sync.dispose();
  useStore.setState(initial, true);
});

describe("the training grid", () => {
  test("is made in the background, once nothing is more urgent, and not shown before it is asked for", async () => {
    sync.dispose();
    sync = new TrainingGridSync({ mayStart: (s) => s.regionVoxels !== null });
    setGrid("stored");
    open();
    await settled();
    expect(state().trainingGrid).toBeNull();
    countsArrived([[7, 1]]);
    await settled();
    expect([state().trainingGrid?.result.kind, shape()]).toEqual(["training-grid", [8, 12, 12]]);
    setGrid("trained");
    expect([state().busy, shape()]).toEqual([0, [6, 6, 6]]);
  });

  test("is shown by default once it is made, where the plans have a spacing", async () => {
    open();
    expect(shape()).toEqual([8, 12, 12]);
    await settled();
    expect(shape()).toEqual([6, 6, 6]);
    setConfiguration("none");
    expect([state().grid, shape()]).toEqual(["trained", [8, 12, 12]]);
  });

  test("that changes nothing is the stored one, so nothing is counted or drawn again", async () => {
    const plans = { ...PLANS, configurations: [configuration("own", [2, 1, 1])] };
    caseOpened({ openCase: caseOf(VOLUME), definition: null, plans, notices: [] });
    countsArrived([[7, 1]]);
    const stored = state().openCase?.source;
    await settled();
    expect(selectTrainingGrid(state())).toMatchObject({ kind: "training-grid", volume: VOLUME });
    expect(state().openCase?.trained).toBeDefined();
    expect([state().openCase?.source, state().regionVoxels]).toEqual([stored, [[7, 1]]]);
    expect(state().openCase?.source).toBe(stored);
    setGrid("stored");
    expect([state().openCase?.trained, state().regionVoxels]).toEqual([undefined, [[7, 1]]]);
  });

  test("is not made of a file that looks like an image", async () => {
    caseOpened({
      openCase: caseOf(VOLUME, { imageSigns: { values: 900, differing: 0.9, negative: null } }),
      definition: null,
      plans: { ...PLANS, configurations: [configuration("fine", [2, 2, 2])] },
      notices: [],
    });
    await settled();
    expect(state().trainingGrid).toBeNull();
    expect(selectTrainingGrid(state())).toMatchObject({
      kind: "refused",
      reason: expect.stringContaining("looks like an image"),
    });
  });

  test("is shown once it is made, and the stored grid again on request", async () => {
    open();
    const stored = state().openCase;
    setGrid("trained");
    expect(shape()).toEqual([8, 12, 12]);
    await settled();
    // The box leaves out two slices.
    expect(shape()).toEqual([6, 6, 6]);
    expect(selectTrainingGrid(state())).toMatchObject({ box: { first: [2, 0, 0] }, uncropped: null });
    expect(selectScales(state())[0]?.shape).toEqual([6, 6, 6]);
    expect(selectStoredCase(state())).toBe(stored);
    setGrid("stored");
    expect(state().openCase).toBe(stored);
    const trained = state().trainingGrid?.result;
    countsArrived([[7, 1]]);
    setGrid("trained");
    expect([state().regionVoxels, state().trainingGrid?.result]).toEqual([null, trained]);
    setGrid("stored");
    expect(state().regionVoxels).toEqual([[7, 1]]);
    setTrainer("no-deep-supervision");
    setGrid("trained");
    setGrid("stored");
    expect(state().regionVoxels).toBeNull();
    setGrid("trained");
    // Kept, so nothing is made again.
    expect([state().busy, shape()]).toEqual([0, [6, 6, 6]]);
  });

  test("follows the configuration, and a configuration without spacing shows the stored grid", async () => {
    open();
    setGrid("trained");
    await settled();
    setConfiguration("coarse");
    expect(shape()).toEqual([8, 12, 12]);
    await settled();
    expect(shape()).toEqual([3, 3, 3]);
    setConfiguration("none");
    expect(shape()).toEqual([8, 12, 12]);
    expect(selectTrainingGrid(state())).toEqual({
      kind: "refused",
      reason: "Configuration “none” of the plans has no spacing.",
    });
    setConfiguration("coarse");
    expect([state().busy, shape()]).toEqual([0, [3, 3, 3]]);
  });

  test("crosshair, patch and rulers stay where they are in the patient", async () => {
    open();
    setVoxel([4, 6, 6]);
    setPatchSettings({ on: true, origin: [3, 2, 4] });
    const ruler = { plane: "axial" as const, from: [4, 2, 2] as Triple, to: [4, 8, 6] as Triple };
    useStore.setState({ rulers: [ruler] });
    const before = mm();
    setGrid("trained");
    await settled();
    expect(state().view.voxel).toEqual([2, 3, 3]);
    for (const [axis, length] of [1, 1, 2].entries())
      expect(Math.abs((mm()[axis] ?? 0) - (before[axis] ?? 0))).toBeLessThanOrEqual(length);
    expect(state().patchSettings.origin).toEqual([1, 1, 2]);
    expect(state().rulers[0]?.from).toEqual([2, 0.75, 0.75]);
    setGrid("stored");
    expect(state().rulers).toEqual([ruler]);
  });

  test("back on its grid, a crosshair that was not moved is in the same voxel", async () => {
    setGrid("stored");
    open();
    setConfiguration("coarse");
    await settled();
    for (const voxel of [
      [4, 6, 7],
      [5, 5, 6],
      [3, 9, 1],
    ] as const) {
      setVoxel(voxel);
      setGrid("trained");
      setGrid("stored");
      expect(state().view.voxel).toEqual(voxel);
    }
    setGrid("trained");
    setVoxel([2, 0, 0]);
    setGrid("stored");
    expect(state().view.voxel).not.toEqual([3, 9, 1]);
  });

  test("another case, and closing, leave it", async () => {
    open();
    setGrid("trained");
    await settled();
    open();
    expect([shape(), state().trainingGrid]).toEqual([[8, 12, 12], null]);
    await settled();
    expect(shape()).toEqual([6, 6, 6]);
    caseClosed();
    expect(state().openCase).toBeNull();
  });

  test("Cancel stays on the stored grid until the training grid is chosen again", async () => {
    open();
    setGrid("trained");
    cancelTrainingGrid();
    expect([state().grid, state().trainingGridProgress]).toEqual(["stored", null]);
    await settled();
    expect([shape(), state().trainingGrid]).toEqual([[8, 12, 12], null]);
    setConfiguration("coarse");
    await settled();
    expect(state().trainingGrid?.query.plansSpacing).toEqual([4, 4, 4]);
    setConfiguration("fine");
    await settled();
    expect(state().trainingGrid?.query.plansSpacing).toEqual([4, 4, 4]);
    setGrid("trained");
    await settled();
    expect(shape()).toEqual([6, 6, 6]);
  });

  test("Cancel is meant for one case", async () => {
    open();
    cancelTrainingGrid();
    expect(state().grid).toBe("stored");
    open();
    await settled();
    expect([state().grid, shape()]).toEqual(["trained", [6, 6, 6]]);
    setGrid("stored");
    open();
    await settled();
    expect([state().grid, shape()]).toEqual(["stored", [8, 12, 12]]);
  });

  test("labels of the file keep their place in lists, findings and regions; -1 has none", async () => {
    open();
    const findings = selectFindings(state()).map(({ code }) => code);
    setGrid("trained");
    await settled();
    const { source } = state().openCase ?? {};
    expect(source?.kind === "labels" && [...source.volume.palette]).toEqual([0, 1]);
    expect(selectLabels(state()).map(({ value }) => value)).toEqual([0, 1, 2]);
    expect(selectLabels(state())[2]?.voxels).toBe(0);
    expect(selectRoundTrip(state())?.lossless).toBe(true);
    expect(findings.length).toBeGreaterThan(0);
    expect(selectFindings(state()).map(({ code }) => code)).toEqual(findings);
    setConfiguration("coarse");
    await settled();
    expect(selectRegionSet(state())?.regions.map(({ name }) => name)).toEqual(["organ", "lesion"]);
  });

  test("without a definition, a label that is lost stays a region, and -1 is none", async () => {
    const image = Float32Array.from(IMAGE, (value, i) =>
      i % 12 < 4 && Math.floor(i / 12) % 12 < 4 ? 0 : value,
    );
    caseOpened({
      openCase: caseOf(VOLUME, { nonzero: { ...NONZERO, mask: nonzeroMaskOf(GRID.shape, [image]) } }),
      definition: null,
      plans: { ...PLANS, configurations: [configuration("fine", [2, 2, 2])] },
      notices: [],
    });
    setGrid("trained");
    await settled();
    const { source } = state().openCase ?? {};
    expect(source?.kind === "labels" && [...source.volume.palette]).toEqual([-1, 0, 1]);
    expect(selectRegionSet(state())?.regions.map(({ labels }) => labels)).toEqual([[1], [2]]);
    const total = selectLabels(state()).reduce((sum, { voxels }) => sum + voxels, 0);
    expect(total).toBe(216);
  });

  test("an image that is opened, and another reading of the case, start over", async () => {
    caseOpened({
      openCase: caseOf(VOLUME),
      definition: null,
      plans: { ...PLANS, configurations: [configuration("fine", [2, 2, 2])] },
      notices: [],
    });
    setGrid("trained");
    await settled();
    expect(shape()).toEqual([8, 6, 6]);
    expect(selectTrainingGrid(state())).toMatchObject({ uncropped: "image-unknown" });
    const image = { grid: GRID, data: IMAGE, min: 0, max: 1 };
    imageOpened({ image, geometry: null, nonzero: NONZERO }, []);
    expect(shape()).toEqual([8, 12, 12]);
    await settled();
    expect([shape(), state().openCase?.image]).toEqual([[6, 6, 6], image]);
    setGrid("stored");
    expect(state().openCase?.image).toBe(image);
    setGrid("trained");
    const turned = transposeVolume(VOLUME, [2, 0, 1]);
    caseReread(caseOf(turned, { transpose: [2, 0, 1] }), null);
    await settled();
    expect([shape(), state().openCase?.image]).toEqual([[6, 8, 6], null]);
  });

  test("new label names reach both grids", async () => {
    open();
    setGrid("trained");
    await settled();
    const names = [{ value: 1, name: "liver", color: null, listed: true }];
    labelNamesOpened(names, []);
    await settled();
    expect(state().openCase?.labelNames).toBe(names);
    setGrid("stored");
    expect(state().openCase?.labelNames).toBe(names);
  });

  test("masks have none, and say so", async () => {
    const bitPlanes = [new Uint32Array(36)];
    caseOpened({
      openCase: caseOf(VOLUME, { source: { kind: "masks", stack: { grid: GRID, names: ["a"], bitPlanes } } }),
      definition: null,
      plans: { ...PLANS, configurations: [configuration("fine", [2, 2, 2])] },
      notices: [],
    });
    setGrid("trained");
    await settled();
    expect(selectTrainingGrid(state())).toEqual({
      kind: "refused",
      reason: "nnU-Net trains on one label volume, but this case is a stack of masks.",
    });
  });

  test("second labels are compared on the same grid", async () => {
    open();
    const second = secondOf("b", { kind: "labels", volume: VOLUME });
    secondLabelsOpened(second);
    useStore.setState({ compareKind: "file" });
    expect(selectShownSecond(state())).toBe(second.source);
    setGrid("trained");
    await settled();
    const b = selectShownSecond(state());
    expect(b && sourceGrid(b).shape).toEqual([6, 6, 6]);
    expect(selectCompareQuery(state())?.b.source).toBe(b);
    setGrid("stored");
    expect(selectShownSecond(state())).toBe(second.source);
  });

  test("back and forward go from grid to grid, and every step stays at its place", async () => {
    setGrid("stored");
    open();
    await settled();
    const stop = trackViews(useStore);
    setVoxel([6, 8, 8]);
    setActiveView("planes");
    const [before, step] = [mm(), state().viewsBefore.length];
    setGrid("trained");
    expect(state().viewsBefore.length).toBe(step + 1);
    setActiveView("lightbox");
    navigate(useStore, -1);
    expect([state().activeView, shape()]).toEqual(["planes", [6, 6, 6]]);
    navigate(useStore, -1);
    expect([state().activeView, shape()]).toEqual(["planes", [8, 12, 12]]);
    for (const [axis, at] of mm().entries())
      expect(Math.abs(at - (before[axis] ?? 0))).toBeLessThanOrEqual(1);
    navigate(useStore, -1);
    expect(state().activeView).toBe("grid");
    for (const by of [1, 1, 1] as const) navigate(useStore, by);
    expect([state().activeView, shape()]).toEqual(["lightbox", [6, 6, 6]]);
    stop();
  });

  test("a saved view comes back on its grid", async () => {
    open();
    setGrid("trained");
    await settled();
    setVoxel([5, 1, 4]);
    const saved = savedViewOf(state());
    if (!saved) throw new Error("There is a case.");
    expect([saved.grid, saved.case.shape]).toEqual(["trained", [6, 6, 6]]);
    setGrid("stored");
    setVoxel([0, 0, 0]);
    await showView({ file: "a.view.json", saved });
    expect([shape(), state().view.voxel]).toEqual([
      [6, 6, 6],
      [5, 1, 4],
    ]);
    expect(state().notices.join()).not.toContain("on another grid");
    // Without a training grid, the view says that it belongs to another grid.
    setConfiguration("none");
    await showView({ file: "a.view.json", saved: { ...saved, configuration: "none" } });
    expect(state().notices.join()).toContain("on another grid");
  });

  test("an address without a grid is on the training grid, unless the crosshair was moved meanwhile", async () => {
    viewLinked({ sample: "s", voxel: [5, 1, 4] });
    open("s");
    await settled();
    expect([shape(), state().view.voxel]).toEqual([
      [6, 6, 6],
      [5, 1, 4],
    ]);
    viewLinked({ sample: "s", voxel: [5, 1, 4] });
    open("s");
    setVoxel([4, 6, 6]);
    await settled();
    expect([shape(), state().view.voxel]).toEqual([
      [6, 6, 6],
      [2, 3, 3],
    ]);
  });

  test("an address places the crosshair on the training grid", async () => {
    viewLinked({ sample: "s", grid: "trained", voxel: [5, 1, 4], zoom: 2 });
    open("s");
    await settled();
    expect([shape(), state().view.voxel, state().view.zoom]).toEqual([[6, 6, 6], [5, 1, 4], 2]);
    setVoxel([1, 1, 1]);
    setGrid("stored");
    setGrid("trained");
    expect(state().view.voxel).toEqual([1, 1, 1]);
  });

  test("an address places rulers on the training grid, unless others were drawn meanwhile", async () => {
    const rulers: Ruler[] = [
      { plane: "axial", from: [5, 1, 1], to: [5, 4.5, 4] },
      { plane: "axial", from: [6, 1, 1], to: [6, 4.5, 4] },
    ];
    viewLinked({ sample: "s", voxel: [5, 1, 4], rulers });
    open("s");
    setVoxel([4, 6, 6]);
    await settled();
    // The training grid has no slice 6.
    expect([shape(), state().rulers]).toEqual([[6, 6, 6], [rulers[0]]]);

    viewLinked({ sample: "s", voxel: [5, 1, 4], rulers });
    open("s");
    expect(state().rulers).toEqual(rulers);
    setRulers({ rulers: rulers.slice(1) });
    await settled();
    expect([shape(), state().rulers.length, state().rulers[0]?.from[0]]).toEqual([[6, 6, 6], 1, 4]);
  });
});
