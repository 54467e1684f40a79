/** Encodes the steps of a stage, optionally with timestamps before the first and after the last. */
import type { Dispatch, RasterPasses, Step } from "./dispatch.ts";
import type { Gpu } from "./gpu.ts";

/** Two entries of a query set. */
interface Stamps {
  readonly querySet: GPUQuerySet;
  readonly begin: number;
  readonly end: number;
}

/** Puts consecutive dispatches into one compute pass. */
export function encodeSteps(
  encoder: GPUCommandEncoder,
  label: string,
  steps: readonly Step[],
  stamps?: Stamps,
): void {
  const groups = grouped(steps);
  const [only] = groups;
  if (groups.length === 1 && Array.isArray(only)) {
    encodePass(encoder, label, only, stamps && timestampWrites(stamps));
    return;
  }
  // Drawings and copies have no common pass, so empty passes before and after write the timestamps.
  if (stamps)
    encodePass(encoder, `${label}: begin`, [], {
      ...partOf(stamps),
      beginningOfPassWriteIndex: stamps.begin,
    });
  for (const group of groups) {
    if (Array.isArray(group)) encodePass(encoder, label, group);
    else group.encode(encoder);
  }
  if (stamps)
    encodePass(encoder, `${label}: end`, [], { ...partOf(stamps), endOfPassWriteIndex: stamps.end });
}

const partOf = ({ querySet }: Stamps) => ({ querySet });

const timestampWrites = ({ querySet, begin, end }: Stamps): GPUComputePassTimestampWrites => ({
  querySet,
  beginningOfPassWriteIndex: begin,
  endOfPassWriteIndex: end,
});

function encodePass(
  encoder: GPUCommandEncoder,
  label: string,
  dispatches: readonly Dispatch[],
  writes?: GPUComputePassTimestampWrites,
): void {
  const pass = encoder.beginComputePass({ label, ...(writes ? { timestampWrites: writes } : {}) });
  for (const dispatch of dispatches) dispatch.encode(pass);
  pass.end();
}

type Group = Dispatch[] | RasterPasses;

function grouped(steps: readonly Step[]): Group[] {
  const groups: Group[] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (step.kind === "raster") groups.push(step);
    else if (Array.isArray(last)) last.push(step);
    else groups.push([step]);
  }
  return groups;
}

/** Submits one compute pass. */
export function submitPass(gpu: Gpu, label: string, dispatches: readonly Dispatch[]): void {
  gpu.submit(label, (encoder) => encodePass(encoder, label, dispatches));
}
