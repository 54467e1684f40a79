/** Bounds the size of the scripts that the page starts with. */
import { initialScripts } from "../tools/initial-scripts.ts";
import { expect, test } from "./support/test.ts";

test("the scripts that the page starts with take less than 272 kB, gzipped", () => {
  const scripts = initialScripts();
  expect(scripts.length).toBeGreaterThan(1);
  expect(scripts.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0)).toBeLessThan(272_000);
});
