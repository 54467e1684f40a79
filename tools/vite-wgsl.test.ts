import { expect, test } from "vitest";
import { withoutComments } from "./vite-wgsl.ts";

test("comments and indentation go, lines stay", () => {
  const shader = ["// What it is.", "fn f() -> u32 {", "  return 1u / 2u; // half", "}", ""].join("\n");
  expect(withoutComments(shader)).toBe(["", "fn f() -> u32 {", "return 1u / 2u;", "}", ""].join("\n"));
});
