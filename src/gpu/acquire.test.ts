/** Names of adapters, including those that browsers hide. */
import { expect, test } from "vitest";
import { summarise } from "./acquire.ts";

test("an adapter that tells nothing of itself, or has no info at all, has no name", () => {
  const nameless = { vendor: "", architecture: "", description: "", software: false };
  expect(summarise(undefined)).toEqual(nameless);
  expect(summarise({ vendor: "", architecture: "", device: "", description: "" })).toEqual(nameless);
  expect(summarise({ vendor: "google", architecture: "swiftshader" }).software).toBe(true);
  expect(summarise({ vendor: "acme", isFallbackAdapter: true }).software).toBe(true);
});
