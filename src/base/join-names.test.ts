/** Tests the joining of names. */
import { expect, test } from "vitest";
import { alternatives } from "./join-names.ts";

test("alternatives joins names with commas and “or”", () => {
  expect([["a"], ["a", "b"], ["a", "b", "c"]].map(alternatives)).toEqual(["a", "a or b", "a, b or c"]);
});
