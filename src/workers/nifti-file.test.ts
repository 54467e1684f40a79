/** The worker for NIfTI files gets voxels in parts and writes the file that one pass writes. */
import { afterEach, expect, test, vi } from "vitest";
import { randomFrom } from "../base/random.ts";
import type { Triple } from "../domain/geometry/grid.ts";
import { type WrittenLabels, writeLabels } from "../formats/nifti/nifti-writer.ts";
import type { NiftiFileNews, NiftiFileRequest, NiftiFileResults } from "./nifti-file-protocol.ts";
import type { Reply } from "./reply.ts";

type FileReply = Reply<NiftiFileResults[keyof NiftiFileResults], NiftiFileNews>;
type Handler = (event: { data: NiftiFileRequest }) => void;

/** Stands for the browser's Worker: runs the real worker module behind structured clones. */
class FakeWorker {
  static readonly all: FakeWorker[] = [];
  static handler: Handler | null = null;
  /** Bytes of each part sent. */
  static readonly parts: number[] = [];
  onmessage: ((event: { data: FileReply }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  terminated = false;

  constructor() {
    FakeWorker.all.push(this);
  }

  postMessage(request: NiftiFileRequest, { transfer }: { transfer: ArrayBuffer[] }): void {
    if (request.kind === "part") FakeWorker.parts.push(request.bytes.byteLength);
    const data = structuredClone(request, { transfer });
    const scope = {
      onmessage: null as Handler | null,
      // Blobs are cloned by reference in browsers; Node's structuredClone cannot.
      postMessage: (reply: FileReply) => {
        const isBlob = reply.kind === "result" && reply.result instanceof Blob;
        const cloned = isBlob ? reply : structuredClone(reply);
        if (!this.terminated) this.onmessage?.({ data: cloned });
      },
    };
    vi.stubGlobal("self", scope);
    void vi.importActual<object>("./nifti-file.worker.ts").then(() => {
      FakeWorker.handler ??= scope.onmessage;
      FakeWorker.handler?.({ data });
    });
  }

  terminate(): void {
    this.terminated = true;
  }
}

async function writer() {
  vi.resetModules();
  FakeWorker.all.length = 0;
  FakeWorker.parts.length = 0;
  FakeWorker.handler = null;
  vi.stubGlobal("Worker", FakeWorker);
  return (await import("./nifti-file.ts")).writeInWorker;
}

function labelsOf(shape: Triple, Indices: typeof Uint8Array | typeof Uint16Array): WrittenLabels {
  const random = randomFrom(3);
  const indices = new Indices(shape[0] * shape[1] * shape[2]);
  for (let from = 0; from < indices.length; from += 50) indices.fill(random() * 4, from, from + 50);
  const grid = { shape, toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 2, 0, 0, 0] };
  return { indices, labelOf: Int16Array.of(-1, 0, 3, 7), grid, transpose: [2, 0, 1], description: "labels" };
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}

afterEach(() => vi.unstubAllGlobals());

test.each([
  ["one byte", Uint8Array, 2],
  ["two bytes", Uint16Array, 3],
] as const)(
  "%s per voxel: the file equals that of a single pass, and the case stays whole",
  async (_, Indices, parts) => {
    const labels = labelsOf([20, 500, 500], Indices);
    const before = labels.indices.slice();
    const fractions: number[] = [];
    const write = await writer();
    const blob = await write(labels, "a.nii.gz", new AbortController().signal, (done) =>
      fractions.push(done),
    );
    expect(FakeWorker.parts).toHaveLength(parts);
    expect(Math.max(...FakeWorker.parts)).toBeLessThanOrEqual(4 << 20);
    expect(labels.indices.every((index, voxel) => index === before[voxel])).toBe(true);
    const whole = await writeLabels(labels, "a.nii.gz", () => undefined);
    expect(Buffer.compare(await bytesOf(blob), await bytesOf(whole))).toBe(0);
    expect(FakeWorker.all.map(({ terminated }) => terminated)).toEqual([true]);
  },
);

test("errors of the worker arrive here, and aborting ends it at once", async () => {
  const write = await writer();
  const abort = new AbortController();
  const long = labelsOf([1, 1, 40_000], Uint8Array);
  await expect(write(long, "a.nii.gz", abort.signal, () => undefined)).rejects.toMatchObject({
    name: "InputError",
    file: "a.nii.gz",
  });
  const writing = write(labelsOf([2, 3, 4], Uint8Array), "a.nii.gz", abort.signal, () => undefined);
  abort.abort();
  await expect(writing).rejects.toMatchObject({ name: "AbortError" });
  expect(FakeWorker.all.map(({ terminated }) => terminated)).toEqual([true, true]);
});
