/** Tests of the sentence for a lossless round trip. */
import { expect, it } from "vitest";
import { losslessText } from "./round-trip-text.ts";

it("claims no more voxels than have labels", () => {
  const text = (...values: number[]) => losslessText(values, "in this case").text;
  expect(text(0, 1, 2)).toBe("Round trip OK: all 2 labels are reproduced.");
  expect(text(...Array.from({ length: 1500 }, (_, i) => i + 1))).toMatch(/all 1,500 labels are reproduced/);
  expect(text(0, 7)).toBe("Round trip OK: the label is reproduced.");
  expect(text(-1, 0, 1, 2)).toBe("Round trip OK: 2 of 3 values are labels, and they are reproduced.");
  expect(text(0, 1.5, 3)).toBe("Round trip OK: 1 of 2 values is a label, and it is reproduced.");
  expect(losslessText([0], "in this case")).toEqual({
    text: "There is no label in this case except background, so there is nothing to convert back.",
    hasLabels: false,
  });
  expect(losslessText([0, 0.5], "in this case")).toMatchObject({ hasLabels: false });
  expect(text(-1, 0)).toMatch(/^No value is a label in this case except background,/);
});

it("says of the training grid that labels are gone, not of the case", () => {
  expect(losslessText([0], "on the training grid").text).toMatch(
    /^There is no label on the training grid except background,/,
  );
});
