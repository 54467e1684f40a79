/** Tests the text of the dots: of patches where they are known, else of what is shown, which it names. */
import { expect, test } from "vitest";
import type { Scale } from "../../domain/targets/deep-supervision.ts";
import { dotsText } from "./scale-status-dots.tsx";

const SCALES = [0.6, 0.3, 0.1, 0].map(
  (lossWeight): Scale => ({ factors: [1, 1, 1], shape: [1, 1, 1], lossWeight, collapses: false }),
);
const scaleStatus = ["present", "present", "sparse", "empty"] as const;

test("patches are told where they are known, whatever is shown", () => {
  const text = (gone: readonly number[]) => dotsText({ gone, scaleStatus }, SCALES, false);
  expect(text([0, 0, 0, 0.389])).toBe("scales 0 to 2 never gone, scale 3 gone in 39 % of patches (weight 0)");
  expect(text([0, 0.11, 1, 0])).toBe(
    "scale 0 never gone, scale 1 gone in 11 % of patches, scale 2 gone in every patch, scale 3 never gone",
  );
  expect(text([])).toBe("in no patch");
});

test("nothing is claimed while patches are counted", () => {
  expect(dotsText({ gone: "awaited", scaleStatus }, SCALES, false)).toBe("patches being computed");
  expect(dotsText({ gone: null, scaleStatus: null }, SCALES, false)).toBe("being counted");
});

test("without plans, the whole case or the patch is named", () => {
  const said = "scales 0 to 1 present, scale 2 fewer than 8 voxels, scale 3 no voxel";
  expect(dotsText({ gone: null, scaleStatus }, SCALES, false)).toBe(`whole case: ${said}`);
  expect(dotsText({ gone: null, scaleStatus }, SCALES, true)).toBe(`this patch: ${said}`);
});
