/**
 * Sends a case to a worker in parts, because a single message with a volume is copied in one task, during
 * which the page does not respond. The request follows the parts, without its arrays.
 */
import { nextTask } from "../base/time-slice.ts";
import type { Source } from "../domain/volume/palette-volume.ts";

export interface SourcePart {
  readonly kind: "source-part";
  /** Index of the array in the source: its indices, or one of its bit planes. */
  readonly array: number;
  readonly arrays: number;
  /** Bytes of the whole array. */
  readonly length: number;
  readonly at: number;
  readonly bytes: ArrayBuffer;
}

interface Asks {
  readonly job: { readonly source: Source };
}

interface Port {
  postMessage(message: unknown, options?: StructuredSerializeOptions): void;
}

const PART_BYTES = 2 << 20;

/** @throws the signal's reason when it fires before everything is sent */
export async function postInParts<R extends Asks>(
  worker: Port,
  request: R,
  signal: AbortSignal,
): Promise<void> {
  const arrays = arraysOf(request.job.source);
  let sent = 0;
  for (const [array, { buffer, byteOffset, byteLength: length }] of arrays.entries()) {
    for (let at = 0; at < length || at === 0; at += PART_BYTES) {
      const from = byteOffset + at;
      const size = Math.min(PART_BYTES, length - at);
      const bytes = buffer.slice(from, from + size) as ArrayBuffer;
      const part: SourcePart = { kind: "source-part", array, arrays: arrays.length, length, at, bytes };
      worker.postMessage(part, { transfer: [bytes] });
      sent += size;
      if (sent < PART_BYTES) continue;
      sent = 0;
      await nextTask();
      signal.throwIfAborted();
    }
  }
  worker.postMessage({ ...request, job: { ...request.job, source: withArrays(request.job.source, null) } });
}

/** Receives the parts in the worker and gives the request its arrays back. */
export class SourceReceiver {
  #arrays: Uint8Array<ArrayBuffer>[] = [];

  /** Takes a part and returns null, or fills a request. */
  receive<R extends Asks & { readonly kind: string }>(message: R | SourcePart): R | null {
    if (isPart(message)) {
      this.take(message);
      return null;
    }
    return this.fill(message);
  }

  take({ array, length, at, bytes }: SourcePart): void {
    // Earlier parts belong to a job that was cancelled.
    if (array === 0 && at === 0) this.#arrays = [];
    const whole = this.#arrays[array] ?? new Uint8Array(length);
    whole.set(new Uint8Array(bytes), at);
    this.#arrays[array] = whole;
  }

  /** Gives each request its arrays once; they then belong to it. */
  fill<R extends Asks>(request: R): R {
    const arrays = this.#arrays;
    this.#arrays = [];
    return { ...request, job: { ...request.job, source: withArrays(request.job.source, arrays) } };
  }
}

export function isPart(message: { readonly kind: string }): message is SourcePart {
  return message.kind === "source-part";
}

function arraysOf(source: Source): readonly (Uint8Array | Uint16Array | Uint32Array)[] {
  return source.kind === "labels" ? [source.volume.indices] : source.stack.bitPlanes;
}

/** @param arrays bytes of each array; null without any */
function withArrays(source: Source, arrays: readonly Uint8Array<ArrayBuffer>[] | null): Source {
  const bufferOf = (array: number) => arrays?.[array]?.buffer ?? new ArrayBuffer(0);
  if (source.kind === "labels") {
    const { volume } = source;
    const Indices = volume.indices instanceof Uint8Array ? Uint8Array : Uint16Array;
    return { kind: "labels", volume: { ...volume, indices: new Indices(bufferOf(0)) } };
  }
  const bitPlanes = source.stack.bitPlanes.map((_, array) => new Uint32Array(bufferOf(array)));
  return { kind: "masks", stack: { ...source.stack, bitPlanes } };
}
