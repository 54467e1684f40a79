/**
 * Without WebGPU (Firefox with it off, an insecure origin) a browser has none of its globals: a module that
 * reads one when it is loaded leaves the whole page blank, and the sentence for that case can never show.
 * Node has no GPU globals either, so loading a module here tells.
 */
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { errorMessage } from "../base/errors.ts";

const modules = import.meta.glob(["../**/*.{ts,tsx}", "!../**/*.test.ts"]);

/** Without a page to fill, the entry point stops here, after all that it imports has been loaded. */
const ENTRY = "index.html has no #root.";

beforeAll(() => {
  // What modules of the page and of workers may read when they are loaded, as every browser has it.
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
