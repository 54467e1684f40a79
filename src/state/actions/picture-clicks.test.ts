/** Tests which region a click selects, and what a double click takes back. */
import { beforeEach, expect, test } from "vitest";
import { definitionOf, volumeOf } from "../../domain/testing/small-case.ts";
import { useStore } from "../store.ts";
import { caseOf } from "../testing/test-case.ts";
import { caseOpened } from "./case-actions.ts";
import { PictureClicks } from "./picture-clicks.ts";
import { selectRegion, setVoxel } from "./view-actions.ts";

const PILE = ["tip", "core", "whole"];
const selected = () => useStore.getState().selectedRegion;
let clicks: PictureClicks;

/** Presses and releases, as the crosshair tool does. */
function click(at: { x: number; y: number }, pile: readonly string[], voxel: number): string | null {
  clicks.press();
  setVoxel([0, 0, voxel]);
  return clicks.select(at, pile);
}

beforeEach(() => {
  clicks = new PictureClicks();
  caseOpened({
    openCase: caseOf(volumeOf([1, 1, 4], [0, 1, 2, 3])),
    definition: definitionOf({ background: 0, whole: [1, 2, 3], core: [2, 3], tip: 3 }, [1, 2, 3]),
    plans: null,
    notices: [],
  });
});

test("further clicks at one place go down the pile, and begin again below its end", () => {
  const names = [0, 1, 3, 0].map((x) => click({ x: 50 + x, y: 20 }, PILE, 3));
  expect(names).toEqual(["tip", "core", "whole", "tip"]);
  expect(selected()).toBe("tip");
});

test.each([
  ["elsewhere", () => click({ x: 55, y: 20 }, PILE, 3)],
  ["on another pile", () => click({ x: 50, y: 20 }, ["tip", "whole"], 3)],
  [
    "after another region was selected",
    () => {
      selectRegion("whole");
      return click({ x: 50, y: 20 }, PILE, 3);
    },
  ],
  [
    "after the crosshair was moved",
    () => {
      setVoxel([0, 0, 0]);
      return click({ x: 50, y: 20 }, PILE, 3);
    },
  ],
] as const)("a click %s selects the front one", (_, again) => {
  click({ x: 50, y: 20 }, PILE, 3);
  expect(again()).toBe("tip");
});

test("a click on no region keeps the selection", () => {
  selectRegion("core");
  expect(click({ x: 50, y: 20 }, [], 0)).toBeNull();
  expect(selected()).toBe("core");
});

test("a double click brings crosshair and selection back to before its first click", () => {
  selectRegion("whole");
  setVoxel([0, 0, 1]);
  click({ x: 50, y: 20 }, PILE, 3);
  clicks.press();
  setVoxel([0, 0, 2]);
  clicks.takeBack();
  expect(selected()).toBe("whole");
  expect(useStore.getState().view.voxel).toEqual([0, 0, 1]);
});
