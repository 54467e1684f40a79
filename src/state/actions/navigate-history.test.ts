/** Tests which changes of the view become steps of back and forward. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { definitionOf, volumeOf } from "../../domain/testing/small-case.ts";
import { useStore } from "../store.ts";
import { caseOf, secondOf } from "../testing/test-case.ts";
import { JUMP_VOXELS } from "../view/view-snapshot.ts";
import { caseClosed, caseOpened } from "./case-actions.ts";
import { secondLabelsOpened } from "./compare-actions.ts";
import { colorChosen, definitionEdited } from "./edit-actions.ts";
import { setFields } from "./fields-actions.ts";
import { MAX_VIEWS, navigate, REST_MS, trackViews } from "./navigate-history.ts";
import { setStyle } from "./slices-actions.ts";
import {
  selectRegion,
  setActiveView,
  setPlane,
  setVoxel,
  setWindow,
  showAll,
  stepSlice,
  toggleHidden,
  zoomBy,
} from "./view-actions.ts";

const state = () => useStore.getState();
const pause = () => vi.advanceTimersByTime(REST_MS);
const steps = () => state().viewsBefore.length;
let stop: () => void;

function openCase(): void {
  const shape = [20, 20, 20] as const;
  caseOpened({
    openCase: caseOf(volumeOf(shape, Array(8000).fill(1))),
    definition: definitionOf({ background: 0, liver: [1, 2], tumour: 2 }, [1, 2]),
    plans: null,
    notices: [],
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  stop = trackViews(useStore);
  setActiveView("grid");
  openCase();
  setVoxel([10, 10, 10]);
  pause();
});
afterEach(() => {
  setFields({ compareKind: "scale", compareStripes: true });
  setFields({ lightboxTiles: 24, lightboxShows: "selected" });
  stop();
  caseClosed();
  showAll();
  vi.useRealTimers();
});

test("each choice is a step of its own at once, back and forward", () => {
  setPlane("axial");
  setPlane("sagittal");
  setActiveView("planes");
  toggleHidden("tumour");
  expect(steps()).toBe(4);
  navigate(useStore, -1);
  expect([...state().hidden]).toEqual([]);
  expect(state().activeView).toBe("planes");
  navigate(useStore, -1);
  navigate(useStore, -1);
  expect([state().activeView, state().view.plane]).toEqual(["grid", "axial"]);
  navigate(useStore, 1);
  navigate(useStore, 1);
  navigate(useStore, 1);
  navigate(useStore, 1);
  expect([state().activeView, state().view.plane, [...state().hidden]]).toEqual([
    "planes",
    "sagittal",
    ["tumour"],
  ]);
});

test("a gliding value is one step, once it rests", () => {
  for (let i = 0; i < 20; i++) {
    zoomBy(1.05);
    vi.advanceTimersByTime(REST_MS / 5);
  }
  expect(steps()).toBe(0);
  pause();
  expect(steps()).toBe(1);
  for (let i = 0; i < 20; i++) setWindow({ level: i, width: 300 });
  pause();
  expect(steps()).toBe(2);
  navigate(useStore, -1);
  expect(state().view.window.width).toBe(400);
  navigate(useStore, -1);
  expect(state().view.zoom).toBe(1);
});

test("a value that is still gliding becomes a separate step when a choice is made", () => {
  setStyle("liver", { opacity: 0.4 });
  setPlane("axial");
  expect(steps()).toBe(2);
  navigate(useStore, -1);
  expect(state().styles.get("liver")?.opacity).toBe(0.4);
  navigate(useStore, -1);
  expect(state().styles.size).toBe(0);
});

test("scrubbing through slices is no step, but a jump is", () => {
  for (let i = 0; i < JUMP_VOXELS - 1; i++) stepSlice(1);
  pause();
  expect(steps()).toBe(0);
  setVoxel([1, 1, 1]);
  pause();
  expect(steps()).toBe(1);
  navigate(useStore, -1);
  expect(Math.max(...state().view.voxel)).toBe(10 + JUMP_VOXELS - 1);
});

test("going back before the pause is over undoes the gliding value", () => {
  zoomBy(2);
  navigate(useStore, -1);
  expect(state().view.zoom).toBe(1);
  pause();
  expect([steps(), state().viewsAfter.length]).toEqual([0, 1]);
  navigate(useStore, 1);
  expect(state().view.zoom).toBe(2);
});

test("a new step discards the steps forward", () => {
  setPlane("axial");
  navigate(useStore, -1);
  setPlane("sagittal");
  expect(state().viewsAfter).toEqual([]);
  navigate(useStore, 1);
  expect(state().view.plane).toBe("sagittal");
});

test("the history has a maximum length, and no steps of another case", () => {
  for (let i = 0; i < MAX_VIEWS + 20; i++) toggleHidden("tumour");
  expect(steps()).toBe(MAX_VIEWS);
  openCase();
  expect(steps()).toBe(0);
  navigate(useStore, -1);
  expect(state().view.plane).toBe("coronal");
});

test("edits of the definition and their consequences are no steps of the view", () => {
  colorChosen("liver", [1, 0, 0]);
  definitionEdited(definitionOf({ background: 0, liver: [1, 2] }, [1]), "remove tumour");
  pause();
  expect(steps()).toBe(0);
});

test("the comparison with its file and the lightbox's content are restored", () => {
  const labels = (name: string) => secondOf(name, { kind: "labels", volume: volumeOf([1, 1, 1], [1]) });
  setActiveView("compare");
  setFields({ compareKind: "mode" });
  secondLabelsOpened(labels("first.nii.gz"));
  secondLabelsOpened(labels("second.nii.gz"));
  setFields({ compareStripes: false });
  expect(steps()).toBe(5);
  navigate(useStore, -1);
  expect([state().compareStripes, state().secondLabels?.name]).toEqual([true, "second.nii.gz"]);
  navigate(useStore, -1);
  expect(state().secondLabels?.name).toBe("first.nii.gz");
  navigate(useStore, -1);
  expect([state().compareKind, state().secondLabels]).toEqual(["mode", null]);
  navigate(useStore, 1);
  expect([state().compareKind, state().secondLabels?.name]).toEqual(["file", "first.nii.gz"]);

  setActiveView("lightbox");
  setFields({ lightboxShows: "all" });
  for (let tiles = 23; tiles > 9; tiles--) setFields({ lightboxTiles: tiles });
  pause();
  navigate(useStore, -1);
  expect([state().lightboxTiles, state().lightboxShows]).toEqual([24, "all"]);
  navigate(useStore, -1);
  expect(state().lightboxShows).toBe("selected");
});

test("selecting another region is a step if only that region is shown, and otherwise part of the next step", () => {
  selectRegion("liver");
  pause();
  expect(steps()).toBe(0);
  setPlane("axial");
  setActiveView("lightbox");
  selectRegion("tumour");
  pause();
  expect(steps()).toBe(3);
  navigate(useStore, -1);
  expect([state().activeView, state().selectedRegion]).toEqual(["lightbox", "liver"]);
  navigate(useStore, -1);
  navigate(useStore, -1);
  expect([state().view.plane, state().selectedRegion]).toEqual(["coronal", "liver"]);
  // A region that an edit has removed is not selected again.
  navigate(useStore, 1);
  navigate(useStore, 1);
  navigate(useStore, 1);
  expect(state().selectedRegion).toBe("tumour");
  setFields({ lightboxShows: "all" });
  selectRegion("liver");
  definitionEdited(definitionOf({ background: 0, liver: [1, 2] }, [1]), "remove tumour");
  navigate(useStore, -1);
  expect(state().selectedRegion).toBe("liver");
});
