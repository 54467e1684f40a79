/** Names of adapters, including those that browsers hide. */
import { expect, test } from "vitest";
import { summarise } from "./acquire.ts";

test("an adapter with empty or missing info has no name", () => {
  const nameless = { vendor: "", architecture: "", description: "", software: false };
  expect(summarise(undefined)).toEqual(nameless);
  expect(summarise({ vendor: "", architecture: "", device: "", description: "" })).toEqual(nameless);
  expect(summarise({ vendor: "google", architecture: "swiftshader" }).software).toBe(true);
  expect(summarise({ vendor: "acme", isFallbackAdapter: true }).software).toBe(true);
});
