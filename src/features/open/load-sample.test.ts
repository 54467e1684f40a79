/** Tests of the bundled samples: every sample opens, and a missing file is reported. */
import { existsSync, readFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { listCases } from "../../formats/intake/cases.ts";
import { openFiles } from "../../formats/intake/open.ts";
import { loadSample } from "./load-sample.ts";
import { isSampleId, SAMPLES } from "./samples.ts";

const local = (url: string) =>
  new URL(`../../../public/${url.replace(/^.*samples\//, "samples/")}`, import.meta.url);
const serve = (url: string) =>
  Promise.resolve(
    existsSync(local(url)) ? new Response(readFileSync(local(url))) : new Response("", { status: 404 }),
  );

afterEach(() => vi.unstubAllGlobals());

describe("bundled samples", () => {
  it.each([
    ["abdomen-regions", 26, 26],
    ["abdomen-organs", 62, 74],
    ["spine-regions", 14, 17],
  ] as const)("%s opens with image, definition and plans", async (id, labels, entries) => {
    vi.stubGlobal("fetch", serve);
    const { signal } = new AbortController();
    const files = await loadSample(id, signal);
    expect(listCases(files)).toHaveLength(1);
    const opened = await openFiles(files, {}, () => {}, signal);
    if (opened.source?.kind !== "labels") throw new Error("Expected labels.");
    expect(opened.source.volume.palette.length).toBe(labels);
    expect(opened.definition?.labels.length).toBe(entries);
    expect(opened.image?.grid).toEqual(opened.source.volume.grid);
    expect(opened.plans).not.toBeNull();
    expect(opened.notices).toEqual([]);
  });

  it("have titles, and an error names a missing file", async () => {
    expect(SAMPLES.map(({ id }) => id)).toEqual(["abdomen-regions", "abdomen-organs", "spine-regions"]);
    expect(["spine-regions", "synthetic", "liver"].map(isSampleId)).toEqual([true, true, false]);
    const { signal } = new AbortController();
    vi.stubGlobal("fetch", () => Promise.resolve(new Response("", { status: 404 })));
    await expect(loadSample("spine-regions", signal)).rejects.toThrow(
      /^samples\/Dataset903_SpineRegions\/dataset\.json: this part of the sample could not be fetched \(404\)/,
    );
    const page = () => Promise.resolve(new Response("<html>", { headers: { "Content-Type": "text/html" } }));
    vi.stubGlobal("fetch", page);
    await expect(loadSample("spine-regions", signal)).rejects.toThrow(/a web page came instead/);
  });
});
