/** Measures how long a stage would take if it only moved its bytes, in the same run as the stage itself. */

import { quartiles } from "../../base/statistics.ts";
import { stageTiming } from "../../benchmark/figure.ts";
import { makeDispatch, workgroups1d } from "../../gpu/dispatch.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { kernels } from "../core/kernels.ts";
import { ResourceScope } from "../core/resource-scope.ts";
import type { Traffic } from "../core/target-path.ts";
import type { StagePlan, StageTimer } from "./stage-timer.ts";

const VEC4_BYTES = 16;
/**
 * Vec4s that an invocation moves. Which number is fastest depends on the device; the fastest is the limit.
 */
const PER_INVOCATION = [4, 16, 32] as const;

/** Exceeds every cache; the rate of such a part holds for larger amounts. */
const PART_BYTES = 2 ** 28;

/**
 * Bytes per millisecond beyond any memory or cache: ten terabytes a second. Work that seems faster was not
 * done, or not timed.
 */
const FASTER_THAN_MEMORY = 1e10;

/**
 * Times a kernel that reads and writes these bytes in vec4s: milliseconds of its fastest shape, each shape
 * the median of `repeats`. Measures a part of large amounts and scales it up.
 *
 * @returns null if nothing is moved, or if the measured time is impossible
 */
export async function trafficMs(
  gpu: Gpu,
  timer: StageTimer,
  bytes: Traffic,
  repeats = 3,
): Promise<number | null> {
  const largest = Math.max(bytes.read, bytes.written);
  if (largest === 0) return null;
  const parts = Math.max(1, Math.ceil((largest * 1.1) / Math.min(gpu.maxBindingBytes, PART_BYTES)));
  const part = { read: bytes.read / parts, written: bytes.written / parts };
  let fastest: number | null = null;
  // All shapes take about as long, so the first one determines how to measure.
  let plan: StagePlan | null = null;
  for (const perInvocation of PER_INVOCATION) {
    const shape = await timeShape(gpu, timer, part, { perInvocation, repeats, plan });
    plan = shape.plan;
    if (shape.ms !== null) fastest = Math.min(fastest ?? shape.ms, shape.ms);
  }
  return fastest === null ? null : fastest * parts;
}

async function timeShape(
  gpu: Gpu,
  timer: StageTimer,
  bytes: Traffic,
  {
    perInvocation,
    repeats,
    plan: known,
  }: { readonly perInvocation: number; readonly repeats: number; readonly plan: StagePlan | null },
): Promise<{ readonly ms: number | null; readonly plan: StagePlan }> {
  const readVec4s = bytes.read / VEC4_BYTES;
  const writeVec4s = bytes.written / VEC4_BYTES;
  const invocations = Math.max(1, Math.ceil(Math.max(readVec4s, writeVec4s) / perInvocation));
  const reads = Math.round(readVec4s / invocations);
  const writes = Math.round(writeVec4s / invocations);
  const scope = new ResourceScope(gpu);
  try {
    const source = scope.storageBuffer("traffic source", Math.max(1, reads) * invocations * VEC4_BYTES);
    const result = scope.storageBuffer("traffic result", Math.max(1, writes) * invocations * VEC4_BYTES);
    const kernel = kernels.traffic;
    const params = scope.adopt(gpu.uniforms(kernel, "params", { invocations, reads, writes }));
    const dispatch = await makeDispatch(gpu, {
      kernel,
      params,
      buffers: [source, result],
      workgroups: workgroups1d(invocations),
    });
    // The first run pays for clearing the buffers.
    if (known) await timer.measureSteps([dispatch], { ...known, repetitions: 1 });
    const plan = known ?? (await timer.planSteps([dispatch]));
    const times: number[] = [];
    for (let i = 0; i < repeats; i++) times.push(await timer.measureSteps([dispatch], plan));
    const { median, atMost } = stageTiming(times, timer.how("decode", plan));
    const impossible = (bytes.read + bytes.written) / median > FASTER_THAN_MEMORY;
    return { ms: atMost || impossible ? null : median, plan };
  } finally {
    scope.dispose();
  }
}

/** Measures bytes per millisecond that reach the GPU in one large write. */
export async function copyBytesPerMs(
  gpu: Gpu,
  { waits, wallStepMs }: StageTimer,
  most = 32 << 20,
  repeats = 3,
): Promise<number> {
  const bytes = Math.min(most, gpu.maxBindingBytes);
  const scope = new ResourceScope(gpu);
  try {
    const target = scope.storageBuffer("copy limit", bytes);
    const data = new Uint8Array(bytes);
    const times: number[] = [];
    for (let i = 0; i <= repeats; i++) {
      const { spanMs } = await waits.timed(() => {
        gpu.write(target, data);
        gpu.submit("copy limit", () => undefined);
      });
      times.push(spanMs);
    }
    // A copy too short for the clock took less than a step of it.
    return bytes / Math.max(quartiles(times.slice(1)).median, wallStepMs);
  } finally {
    scope.dispose();
  }
}
