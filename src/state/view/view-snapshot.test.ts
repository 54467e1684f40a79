import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { definitionOf, volumeOf } from "../../domain/testing/small-case.ts";
import { useStore } from "../store.ts";
import { caseOf, secondOf } from "../testing/test-case.ts";
import { followViews, MOST_VIEWS, REST_MS, travel } from "./navigate-history.ts";
import { JUMP_VOXELS } from "./view-snapshot.ts";

const state = () => useStore.getState();
const pause = () => vi.advanceTimersByTime(REST_MS);
const steps = () => state().viewsBefore.length;
let stop: () => void;

function openCase(): void {
  const shape = [20, 20, 20] as const;
  state().caseOpened({
    openCase: caseOf(volumeOf(shape, Array(8000).fill(1))),
    definition: definitionOf({ background: 0, liver: [1, 2], tumour: 2 }, [1, 2]),
    plans: null,
    notices: [],
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  stop = followViews(useStore);
  state().setCentre("grid");
  openCase();
  state().setVoxel([10, 10, 10]);
  pause();
});
afterEach(() => {
  state().setCompare({ compareKind: "scale", compareStripes: true });
  state().setLightbox({ lightboxTiles: 24, lightboxShows: "selected" });
  stop();
  state().caseClosed();
  state().showAll();
  vi.useRealTimers();
});

test("each choice is a step at once, back and forward", () => {
  state().setPlane("axial");
  state().setPlane("sagittal");
  state().setCentre("planes");
  state().toggleHidden("tumour");
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
    state().zoomBy(1.05);
    vi.advanceTimersByTime(REST_MS / 5);
  }
  expect(steps()).toBe(0);
  pause();
  expect(steps()).toBe(1);
  for (let i = 0; i < 20; i++) state().setWindow({ level: i, width: 300 });
  pause();
  expect(steps()).toBe(2);
  travel(useStore, -1);
  expect(state().view.window.width).toBe(400);
  travel(useStore, -1);
  expect(state().view.zoom).toBe(1);
});

test("what glides still is a step of its own when a choice comes", () => {
  state().setStyle("liver", { opacity: 0.4 });
  state().setPlane("axial");
  expect(steps()).toBe(2);
  travel(useStore, -1);
  expect(state().styles.get("liver")?.opacity).toBe(0.4);
  travel(useStore, -1);
  expect(state().styles.size).toBe(0);
});

test("scrubbing is no step, a jump is", () => {
  for (let i = 0; i < JUMP_VOXELS - 1; i++) state().stepSlice(1);
  pause();
  expect(steps()).toBe(0);
  state().setVoxel([1, 1, 1]);
  pause();
  expect(steps()).toBe(1);
  travel(useStore, -1);
  expect(Math.max(...state().view.voxel)).toBe(10 + JUMP_VOXELS - 1);
});

test("going back before the pause is over takes back what glided", () => {
  state().zoomBy(2);
  travel(useStore, -1);
  expect(state().view.zoom).toBe(1);
  pause();
  expect([steps(), state().viewsAfter.length]).toEqual([0, 1]);
  travel(useStore, 1);
  expect(state().view.zoom).toBe(2);
});

test("something new ends the way forward", () => {
  state().setPlane("axial");
  travel(useStore, -1);
  state().setPlane("sagittal");
  expect(state().viewsAfter).toEqual([]);
  travel(useStore, 1);
  expect(state().view.plane).toBe("sagittal");
});

test("not more than so many steps, and none of another case", () => {
  for (let i = 0; i < MOST_VIEWS + 20; i++) state().toggleHidden("tumour");
  expect(steps()).toBe(MOST_VIEWS);
  openCase();
  expect(steps()).toBe(0);
  travel(useStore, -1);
  expect(state().view.plane).toBe("coronal");
});

test("edits of the definition and what they take with them are no steps of the view", () => {
  state().colorChosen("liver", [1, 0, 0]);
  state().definitionEdited(definitionOf({ background: 0, liver: [1, 2] }, [1]), "remove tumour");
  pause();
  expect(steps()).toBe(0);
});

test("what is compared, and with which file, comes back; so does what the lightbox shows", () => {
  const labels = (name: string) => secondOf(name, { kind: "labels", volume: volumeOf([1, 1, 1], [1]) });
  state().setCentre("compare");
  state().setCompare({ compareKind: "mode" });
  state().secondLabelsOpened(labels("first.nii.gz"));
  state().secondLabelsOpened(labels("second.nii.gz"));
  state().setCompare({ compareStripes: false });
  expect(steps()).toBe(5);
  travel(useStore, -1);
  expect([state().compareStripes, state().secondLabels?.name]).toEqual([true, "second.nii.gz"]);
  travel(useStore, -1);
  expect(state().secondLabels?.name).toBe("first.nii.gz");
  travel(useStore, -1);
  expect([state().compareKind, state().secondLabels]).toEqual(["mode", null]);
  travel(useStore, 1);
  expect([state().compareKind, state().secondLabels?.name]).toEqual(["file", "first.nii.gz"]);

  state().setCentre("lightbox");
  state().setLightbox({ lightboxShows: "all" });
  for (let tiles = 23; tiles > 9; tiles--) state().setLightbox({ lightboxTiles: tiles });
  pause();
  travel(useStore, -1);
  expect([state().lightboxTiles, state().lightboxShows]).toEqual([24, "all"]);
  travel(useStore, -1);
  expect(state().lightboxShows).toBe("selected");
});

test("another region is a step where it is all that is shown; elsewhere it comes along", () => {
  state().selectRegion("liver");
  pause();
  expect(steps()).toBe(0);
  state().setPlane("axial");
  state().setCentre("lightbox");
  state().selectRegion("tumour");
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
  state().setLightbox({ lightboxShows: "all" });
  state().selectRegion("liver");
  state().definitionEdited(definitionOf({ background: 0, liver: [1, 2] }, [1]), "remove tumour");
  travel(useStore, -1);
  expect(state().selectedRegion).toBe("liver");
});
