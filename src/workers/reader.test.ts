/** How the page opens and reorders files in the reader worker, and ends it. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { InputError } from "../base/errors.ts";
import type { Triple } from "../domain/geometry/grid.ts";
import type { Reordering } from "../domain/reader/reorder.ts";
import { gzip, inputFile, writeNifti } from "../formats/testing/write-nifti.ts";
import type { ReaderNews, ReaderRequest, ReaderResults } from "./reader-protocol.ts";
import type { Reply } from "./reply.ts";

type ReaderReply = Reply<ReaderResults[keyof ReaderResults], ReaderNews>;

const seg = inputFile(
  "seg.nii.gz",
  gzip(writeNifti({ dims: [2, 3, 4], values: Array.from({ length: 24 }, (_, i) => i % 5) })),
);

/** Stands for the browser's Worker: runs the real worker module behind structured clones. */
class FakeWorker {
  static readonly all: FakeWorker[] = [];
  static transferred = 0;
  static handler: ((event: { data: ReaderRequest }) => void) | null = null;
  onmessage: ((event: { data: ReaderReply }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  terminated = false;

  constructor() {
    FakeWorker.all.push(this);
  }

  postMessage(request: ReaderRequest): void {
    // Blobs are cloned by reference in browsers; Node's structuredClone cannot.
    const sent = request.kind === "reorder" ? structuredClone(request) : request;
    const scope = {
      onmessage: null as ((event: { data: ReaderRequest }) => void) | null,
      postMessage: (reply: ReaderReply, { transfer }: { transfer: ArrayBuffer[] }) => {
        FakeWorker.transferred += transfer.length;
        const data = structuredClone(reply, { transfer });
        if (!this.terminated) this.onmessage?.({ data });
      },
    };
    vi.stubGlobal("self", scope);
    void vi.importActual<object>("./reader.worker.ts").then(() => {
      FakeWorker.handler ??= scope.onmessage;
      FakeWorker.handler?.({ data: sent });
    });
  }

  terminate(): void {
    this.terminated = true;
  }
}

async function reader() {
  vi.resetModules();
  FakeWorker.all.length = 0;
  FakeWorker.transferred = 0;
  FakeWorker.handler = null;
  vi.stubGlobal("Worker", FakeWorker);
  return import("./reader.ts");
}

afterEach(() => vi.unstubAllGlobals());

describe("openInWorker", () => {
  it("opens, reports progress, hands buffers over and keeps its worker", async () => {
    const { openInWorker, prepareReader } = await reader();
    prepareReader();
    const steps: string[] = [];
    const { signal } = new AbortController();
    const opened = await openInWorker([seg], {}, ({ step }) => steps.push(step), signal);
    expect(opened.source?.kind).toBe("labels");
    expect(steps).toEqual(["Reading files", "Reading labels"]);
    expect(FakeWorker.transferred).toBe(1);
    await openInWorker([seg], {}, () => {}, signal);
    expect(FakeWorker.all.map(({ terminated }) => terminated)).toEqual([false]);
  });

  it("keeps the fields of an InputError", async () => {
    const { openInWorker } = await reader();
    const failing = openInWorker([inputFile("a.nii", "")], {}, () => {}, new AbortController().signal);
    const error: unknown = await failing.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ file: "a.nii", problem: "it is empty (0 bytes)", name: "InputError" });
    expect(String(error)).toBe("InputError: a.nii: it is empty (0 bytes). Copy or download it again.");
    expect(InputError.name).toBe("InputError");
  });

  it("ends its worker when aborted, and starts another", async () => {
    const { openInWorker } = await reader();
    const controller = new AbortController();
    const opening = openInWorker([seg], {}, () => {}, controller.signal);
    controller.abort();
    await expect(opening).rejects.toMatchObject({ name: "AbortError" });
    await expect(openInWorker([seg], {}, () => {}, controller.signal)).rejects.toMatchObject({
      name: "AbortError",
    });
    expect(FakeWorker.all.map(({ terminated }) => terminated)).toEqual([true]);
    await openInWorker([seg], {}, () => {}, new AbortController().signal);
    expect(FakeWorker.all.map(({ terminated }) => terminated)).toEqual([true, false]);
  });
});

describe("reorderInWorker", () => {
  it("reorders axes and leaves its input whole", async () => {
    const { openInWorker, reorderInWorker } = await reader();
    const { signal } = new AbortController();
    const { source } = await openInWorker([seg], {}, () => {}, signal);
    if (source?.kind !== "labels") throw new Error("Expected labels.");
    const order = (axes: Triple): Reordering => ({ axes, backwards: [true, false, false], addend: 0 });
    const turned = await reorderInWorker(source, null, order([2, 0, 1]), order([0, 1, 2]), signal);
    if (turned.source.kind !== "labels") throw new Error("Expected labels.");
    expect(source.volume.grid.shape).toEqual([4, 3, 2]);
    expect(turned.source.volume.grid.shape).toEqual([2, 4, 3]);
    expect(source.volume.indices.length).toBe(24);
    expect([turned.source.volume.indices[0], source.volume.indices[1]]).toEqual([1, 1]);
    const none: Reordering = { ...order([0, 1, 2]), backwards: [false, false, false] };
    expect((await reorderInWorker(source, null, none, none, signal)).source).toBe(source);
  });

  it("returns an unchanged volume if only the other one changes", async () => {
    const { openInWorker, reorderInWorker } = await reader();
    const { signal } = new AbortController();
    const { source } = await openInWorker([seg], {}, () => {}, signal);
    if (source?.kind !== "labels") throw new Error("Expected labels.");
    const image = {
      grid: source.volume.grid,
      data: Float32Array.from(source.volume.indices),
      min: 0,
      max: 4,
    };
    const none: Reordering = { axes: [0, 1, 2], backwards: [false, false, false], addend: 0 };
    const moved = await reorderInWorker(source, image, none, { ...none, addend: -1024 }, signal);
    expect(moved.source).toBe(source);
    expect(moved.image).toMatchObject({ min: -1024, max: -1020 });
    const other = await reorderInWorker(source, image, { ...none, addend: 1 }, none, signal);
    expect(other.image).toBe(image);
    expect(other.source).not.toBe(source);
  });

  it("reorders a mask and leaves its input whole", async () => {
    const { reorderMaskInWorker } = await reader();
    const bits = Uint32Array.of(0b01, 0b00, 0b10, 0b00);
    const mask = {
      shape: [2, 2, 2] as const,
      rowWords: 1,
      bits,
      box: { first: [0, 0, 0] as const, shape: [2, 1, 2] as const },
    };
    const order = { axes: [1, 0, 2] as const, backwards: [true, false, false] as const };
    const turned = await reorderMaskInWorker(mask, order, new AbortController().signal);
    expect(turned).toEqual({
      ...mask,
      bits: Uint32Array.of(0b00, 0b00, 0b01, 0b10),
      box: { first: [1, 0, 0], shape: [1, 2, 2] },
    });
    expect(bits).toHaveLength(4);
  });
});
