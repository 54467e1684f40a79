/**
 * Checks that every module loads without WebGPU. Where WebGPU is missing (off in Firefox, an insecure
 * origin), none of its globals exist, so a module that reads one while loading leaves the page blank and the
 * message for that case never appears. Node has no GPU globals either, so loading a module here finds such
 * reads.
 */
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { errorMessage } from "../base/errors.ts";

const modules = import.meta.glob(["../**/*.{ts,tsx}", "!../**/*.test.ts"]);

/** The entry point stops here without a page to fill, after loading everything it imports. */
const ENTRY = "index.html has no #root.";

beforeAll(() => {
  // Globals that every browser has and that modules of the page and of workers may read while loading.
  vi.stubGlobal("self", globalThis);
  vi.stubGlobal("document", { documentElement: { dataset: {} }, getElementById: () => null });
});

afterAll(() => vi.unstubAllGlobals());

it("no module of the page or of a worker needs WebGPU to be loaded", async () => {
  expect(Object.keys(modules).length).toBeGreaterThan(400);
  expect("GPUBufferUsage" in globalThis, "Node has no GPU globals").toBe(false);
  const failed: string[] = [];
  for (const [path, load] of Object.entries(modules)) {
    try {
      await load();
    } catch (error) {
      const why = errorMessage(error);
      if (!(path === "../main.tsx" && why === ENTRY)) failed.push(`${path}: ${why}`);
    }
  }
  expect(failed).toEqual([]);
}, 120_000);
