import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { definitionOf, volumeOf } from "../../domain/testing/small-case.ts";
import { useStore } from "../store.ts";
import { caseOf, secondOf } from "../testing/test-case.ts";
import { JUMP_VOXELS } from "../view/view-snapshot.ts";
import { caseClosed, caseOpened } from "./case-actions.ts";
import { secondLabelsOpened } from "./compare-actions.ts";
import { colorChosen, definitionEdited } from "./edit-actions.ts";
import { setFields } from "./fields-actions.ts";
import { followViews, MOST_VIEWS, REST_MS, travel } from "./navigate-history.ts";
import { setStyle } from "./slices-actions.ts";
import {
  selectRegion,
  setCentre,
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
  stop = followViews(useStore);
  setCentre("grid");
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

test("each choice is a step at once, back and forward", () => {
  setPlane("axial");
  setPlane("sagittal");
  setCentre("planes");
  toggleHidden("tumour");
  expect(steps()).toBe(4);
  travel(useStore, -1);
  expect([...state().hidden]).toEqual([]);
  expect(state().centre).toBe("planes");
  travel(useStore, -1);
  travel(useStore, -1);
  expect([state().centre, state().view.plane]).toEqual(["grid", "axial"]);
  travel(useStore, 1);
  travel(useStore, 1);
  travel(useStore, 1);
  travel(useStore, 1);
  expect([state().centre, state().view.plane, [...state().hidden]]).toEqual([
    "planes",
    "sagittal",
    ["tumour"],
  ]);
});

test("what glides is one step, once it rests", () => {
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
  travel(useStore, -1);
  expect(state().view.window.width).toBe(400);
  travel(useStore, -1);
  expect(state().view.zoom).toBe(1);
});

test("what glides still is a step of its own when a choice comes", () => {
  setStyle("liver", { opacity: 0.4 });
  setPlane("axial");
  expect(steps()).toBe(2);
  travel(useStore, -1);
  expect(state().styles.get("liver")?.opacity).toBe(0.4);
  travel(useStore, -1);
  expect(state().styles.size).toBe(0);
});

test("scrubbing is no step, a jump is", () => {
  for (let i = 0; i < JUMP_VOXELS - 1; i++) stepSlice(1);
  pause();
  expect(steps()).toBe(0);
  setVoxel([1, 1, 1]);
  pause();
  expect(steps()).toBe(1);
  travel(useStore, -1);
  expect(Math.max(...state().view.voxel)).toBe(10 + JUMP_VOXELS - 1);
});

test("going back before the pause is over takes back what glided", () => {
  zoomBy(2);
  travel(useStore, -1);
  expect(state().view.zoom).toBe(1);
  pause();
  expect([steps(), state().viewsAfter.length]).toEqual([0, 1]);
  travel(useStore, 1);
  expect(state().view.zoom).toBe(2);
});

test("something new ends the way forward", () => {
  setPlane("axial");
  travel(useStore, -1);
  setPlane("sagittal");
  expect(state().viewsAfter).toEqual([]);
  travel(useStore, 1);
  expect(state().view.plane).toBe("sagittal");
});

test("not more than so many steps, and none of another case", () => {
  for (let i = 0; i < MOST_VIEWS + 20; i++) toggleHidden("tumour");
  expect(steps()).toBe(MOST_VIEWS);
  openCase();
  expect(steps()).toBe(0);
  travel(useStore, -1);
  expect(state().view.plane).toBe("coronal");
});

test("edits of the definition and what they take with them are no steps of the view", () => {
  colorChosen("liver", [1, 0, 0]);
  definitionEdited(definitionOf({ background: 0, liver: [1, 2] }, [1]), "remove tumour");
  pause();
  expect(steps()).toBe(0);
});

test("what is compared, and with which file, comes back; so does what the lightbox shows", () => {
  const labels = (name: string) => secondOf(name, { kind: "labels", volume: volumeOf([1, 1, 1], [1]) });
  setCentre("compare");
  setFields({ compareKind: "mode" });
  secondLabelsOpened(labels("first.nii.gz"));
  secondLabelsOpened(labels("second.nii.gz"));
  setFields({ compareStripes: false });
  expect(steps()).toBe(5);
  travel(useStore, -1);
  expect([state().compareStripes, state().secondLabels?.name]).toEqual([true, "second.nii.gz"]);
  travel(useStore, -1);
  expect(state().secondLabels?.name).toBe("first.nii.gz");
  travel(useStore, -1);
  expect([state().compareKind, state().secondLabels]).toEqual(["mode", null]);
  travel(useStore, 1);
  expect([state().compareKind, state().secondLabels?.name]).toEqual(["file", "first.nii.gz"]);

  setCentre("lightbox");
  setFields({ lightboxShows: "all" });
  for (let tiles = 23; tiles > 9; tiles--) setFields({ lightboxTiles: tiles });
  pause();
  travel(useStore, -1);
  expect([state().lightboxTiles, state().lightboxShows]).toEqual([24, "all"]);
  travel(useStore, -1);
  expect(state().lightboxShows).toBe("selected");
});

test("another region is a step where it is all that is shown; elsewhere it comes along", () => {
  selectRegion("liver");
  pause();
  expect(steps()).toBe(0);
  setPlane("axial");
  setCentre("lightbox");
  selectRegion("tumour");
  pause();
  expect(steps()).toBe(3);
  travel(useStore, -1);
  expect([state().centre, state().selectedRegion]).toEqual(["lightbox", "liver"]);
  travel(useStore, -1);
  travel(useStore, -1);
  expect([state().view.plane, state().selectedRegion]).toEqual(["coronal", "liver"]);
  // A region that an edit removed does not come back selected.
  travel(useStore, 1);
  travel(useStore, 1);
  travel(useStore, 1);
  expect(state().selectedRegion).toBe("tumour");
  setFields({ lightboxShows: "all" });
  selectRegion("liver");
  definitionEdited(definitionOf({ background: 0, liver: [1, 2] }, [1]), "remove tumour");
  travel(useStore, -1);
  expect(state().selectedRegion).toBe("liver");
});
