/** The label map worker gets masks in parts and gives the file that one pass gives. */
import { afterEach, expect, test, vi } from "vitest";
import { randomMasks } from "../domain/testing/random-masks.ts";
import { differing, labelMapOf } from "../formats/testing/label-maps.ts";
import { labelsOf, open, valuesOf } from "../formats/testing/opening.ts";
import type { LabelMapNews, LabelMapRequest, LabelMapResults } from "./label-map-protocol.ts";
import type { Reply } from "./reply.ts";

type LabelMapReply = Reply<LabelMapResults[keyof LabelMapResults], LabelMapNews>;

type Handler = (event: { data: LabelMapRequest }) => void;

/** Stands for the browser's Worker: runs the real worker module behind structured clones. */
class FakeWorker {
  static readonly all: FakeWorker[] = [];
  static handler: Handler | null = null;
  /** Bytes of each part sent. */
  static readonly parts: number[] = [];
  onmessage: ((event: { data: LabelMapReply }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  terminated = false;

  constructor() {
    FakeWorker.all.push(this);
  }

  postMessage(request: LabelMapRequest, { transfer }: { transfer: ArrayBuffer[] }): void {
    if (request.kind === "words") {
      FakeWorker.parts.push(request.words.reduce((sum, { byteLength }) => sum + byteLength, 0));
    }
    const data = structuredClone(request, { transfer });
    const scope = {
      onmessage: null as Handler | null,
      // Blobs are cloned by reference in browsers; Node's structuredClone cannot.
      postMessage: (reply: LabelMapReply) => {
        const isBlob = reply.kind === "result" && reply.result instanceof Blob;
        const cloned = isBlob ? reply : structuredClone(reply);
        if (!this.terminated) this.onmessage?.({ data: cloned });
      },
    };
    vi.stubGlobal("self", scope);
    void vi.importActual<object>("./label-map.worker.ts").then(() => {
      FakeWorker.handler ??= scope.onmessage;
      FakeWorker.handler?.({ data });
    });
  }

  terminate(): void {
    this.terminated = true;
  }
}

async function workerFor(signal: AbortSignal) {
  vi.resetModules();
  FakeWorker.all.length = 0;
  FakeWorker.parts.length = 0;
  FakeWorker.handler = null;
  vi.stubGlobal("Worker", FakeWorker);
  const { LabelMapWorker } = await import("./label-map.ts");
  return new LabelMapWorker(signal);
}

afterEach(() => vi.unstubAllGlobals());

test("masks are sent in parts and stay whole; map and file equal those of a single pass", async () => {
  // Two parts of at most 4 MiB.
  const shape = [33, 256, 1000] as const;
  const stack = {
    ...randomMasks([2, 16, 8], 6, 5),
    grid: { shape, toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0] },
  };
  const bitPlanes = stack.bitPlanes.map((bitPlane) => {
    const long = new Uint32Array((33 * 256 * 1000) / 32);
    for (let at = 0; at < long.length; at += 1000) long.set(bitPlane, at);
    return long;
  });
  const whole = { ...stack, bitPlanes };
  const before = bitPlanes.map((bitPlane) => bitPlane.slice());
  const worker = await workerFor(new AbortController().signal);
  const fractions: number[] = [];
  const map = await worker.plan(whole, (fraction) => fractions.push(fraction));
  expect(FakeWorker.parts.length).toBe(2);
  expect(Math.max(...FakeWorker.parts)).toBeLessThanOrEqual(4 << 20);
  expect(fractions.at(-1)).toBe(1);
  const expected = labelMapOf(whole);
  expect(map).toEqual(expected.map);
  expect(bitPlanes.map((bitPlane, m) => differing(bitPlane, before[m] ?? []))).toEqual(
    bitPlanes.map(() => 0),
  );

  const blob = await worker.write("case.nii.gz", [0, 1, 2], () => undefined);
  const volume = labelsOf(await open([{ path: "case.nii.gz", blob }]));
  const read = new Uint16Array(volume.indices.length);
  read.forEach((_, voxel) => {
    read[voxel] = volume.palette[volume.indices[voxel] ?? 0] ?? 0;
  });
  expect([volume.grid.shape, differing(read, expected.labels)]).toEqual([shape, 0]);
});

test("errors of the worker arrive here, and aborting ends it at once", async () => {
  const abort = new AbortController();
  const worker = await workerFor(abort.signal);
  const small = randomMasks([2, 3, 4], 3, 1);
  await worker.plan(small, () => undefined);
  const long = { ...small, grid: { ...small.grid, shape: [1, 1, 40_000] as const } };
  await worker.plan(long, () => undefined);
  await expect(worker.write("case.nii.gz", [0, 1, 2], () => undefined)).rejects.toMatchObject({
    name: "InputError",
    file: "case.nii.gz",
  });
  await worker.plan(small, () => undefined);
  const blob = await worker.write("case.nii.gz", [0, 1, 2], () => undefined);
  expect(valuesOf(labelsOf(await open([{ path: "case.nii.gz", blob }])))).toEqual([
    ...labelMapOf(small).labels,
  ]);
  const planning = worker.plan(small, () => undefined);
  abort.abort();
  await expect(planning).rejects.toMatchObject({ name: "AbortError" });
  expect(FakeWorker.all.map(({ terminated }) => terminated)).toEqual([true]);
});
