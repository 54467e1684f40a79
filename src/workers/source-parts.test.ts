/** A source sent to a worker in parts arrives whole. */
import { expect, test } from "vitest";
import { randomLabelCase, randomMaskCase } from "../domain/testing/random-source.ts";
import type { Source } from "../domain/volume/palette-volume.ts";
import { volumeFromLabels } from "../domain/volume/volume-from-labels.ts";
import { postInParts, type SourcePart, SourceReceiver } from "./source-parts.ts";

type Request = { readonly kind: "job"; readonly job: { readonly source: Source; readonly extra: string } };

const never = new AbortController().signal;
const requestOf = (source: Source): Request => ({ kind: "job", job: { source, extra: "kept" } });

/** Does to messages what a worker does: clones them, and takes transferred buffers. */
function workerWith(receiver: SourceReceiver) {
  const got: Request[] = [];
  const sizes: number[] = [];
  const postMessage = (message: unknown, options: StructuredSerializeOptions = {}) => {
    const cloned = structuredClone(message, options) as SourcePart | Request;
    if (cloned.kind === "source-part") {
      sizes.push(cloned.bytes.byteLength);
      receiver.take(cloned);
    } else got.push(receiver.fill(cloned));
  };
  return { got, sizes, postMessage };
}

const CASES: readonly (readonly [string, Source])[] = [
  ["labels", randomLabelCase([9, 10, 11], 0.5, 3).source],
  ["masks", randomMaskCase([9, 10, 11], [0.1, 0.5, 0.9], 3).source],
  [
    "more than one part, in two bytes a voxel",
    {
      kind: "labels",
      volume: volumeFromLabels(
        { shape: [130, 100, 100], toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0] },
        Uint16Array.from({ length: 1_300_000 }, (_, i) => i % 700),
      ),
    },
  ],
];

/** Replaces `toEqual`, which takes half a minute for a million numbers. */
function expectSame(source: Source | undefined, expected: Source): void {
  const apart = (of: Source | undefined) => {
    const arrays = of?.kind === "labels" ? [of.volume.indices] : (of?.stack.bitPlanes ?? []);
    const bytes = arrays.map(({ buffer, byteOffset, byteLength }) =>
      Buffer.from(buffer, byteOffset, byteLength),
    );
    const empty = (array: Uint8Array | Uint16Array | Uint32Array) => [array.constructor.name, array.length];
    const rest =
      of?.kind === "labels"
        ? { ...of.volume, indices: empty(of.volume.indices) }
        : { ...of?.stack, bitPlanes: of?.stack.bitPlanes.map(empty) };
    return { bytes, rest };
  };
  const [got, wanted] = [apart(source), apart(expected)];
  expect(got.rest).toEqual(wanted.rest);
  expect(got.bytes.map((bytes, i) => bytes.equals(wanted.bytes[i] ?? Buffer.alloc(0)))).toEqual(
    wanted.bytes.map(() => true),
  );
}

test.each(CASES)("%s arrive unchanged, and the page keeps its own", async (_, source) => {
  const worker = workerWith(new SourceReceiver());
  const before = structuredClone(source);
  await postInParts(worker, requestOf(source), never);
  const [got] = worker.got;
  expect([got?.kind, got?.job.extra]).toEqual(["job", "kept"]);
  expectSame(got?.job.source, before);
  expectSame(source, before);
  expect(Math.max(...worker.sizes)).toBeLessThanOrEqual(2 << 20);
});

test("a cancelled job leaves nothing in the next one", async () => {
  const [, [, masks], [, large]] = CASES as readonly [unknown, (typeof CASES)[0], (typeof CASES)[0]];
  const worker = workerWith(new SourceReceiver());
  const abort = new AbortController();
  const given = postInParts(worker, requestOf(large), abort.signal);
  abort.abort();
  await expect(given).rejects.toMatchObject({ name: "AbortError" });
  await postInParts(worker, requestOf(masks), never);
  expect(worker.got).toHaveLength(1);
  expectSame(worker.got[0]?.job.source, masks);
});
