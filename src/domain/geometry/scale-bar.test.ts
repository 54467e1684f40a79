/** Tests the lengths of scale bars. */
import { expect, test } from "vitest";
import { scaleBarOf } from "./scale-bar.ts";

test("scaleBarOf gives the longest round length that fits, and null without a scale", () => {
  expect(scaleBarOf(2, 100)).toEqual({ mm: 50, px: 100, text: "5 cm" });
  expect(scaleBarOf(2, 99)).toEqual({ mm: 20, px: 40, text: "2 cm" });
  expect(scaleBarOf(10, 60)).toEqual({ mm: 5, px: 50, text: "5 mm" });
  expect(scaleBarOf(400, 100)?.text).toBe("200 µm");
  expect(scaleBarOf(0, 100)).toBeNull();
});
