/**
 * `npm run bench:training-grid`: times the training grid of a large case, with and without a coarse axis, and
 * its memory. With `--python`, also times scikit-image's way on the same volume, and compares every voxel.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { z } from "zod";
import type { Triple } from "../src/domain/geometry/grid.ts";
import { phantom } from "../src/domain/phantom/phantom.ts";
import { sourceIndices } from "../src/domain/targets/deep-supervision.ts";
import { downsample } from "../src/domain/targets/reference.ts";
import { type NonzeroMask, NonzeroMaskBuilder } from "../src/domain/training-grid/nonzero-mask.ts";
import { DEFAULT_SEG_RESAMPLING } from "../src/domain/training-grid/resampling.ts";
import { type TrainingGrid, trainingGrid } from "../src/domain/training-grid/training-grid.ts";
import type { PaletteVolume } from "../src/domain/volume/palette-volume.ts";
import { Failure, main, progress, readOptions } from "./run.ts";

const USAGE = "Usage: npm run bench:training-grid -- [--python python3]";
const SHAPE: Triple = [200, 512, 512];
const LABELS = 25;
const RUNS = 3;
const CASES: readonly { name: string; spacing: Triple; plansSpacing: Triple }[] = [
  { name: "a coarse axis", spacing: [2.5, 0.8, 0.8], plansSpacing: [2, 1.5, 1.5] },
  { name: "no coarse axis", spacing: [1.25, 0.8, 0.8], plansSpacing: [1.5, 1.5, 1.5] },
];

const answerSchema = z.object({ ms: z.number(), sha256: z.string(), scipy: z.string(), skimage: z.string() });

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

await main(async () => {
  const { python } = readOptions({ python: { type: "string" } }, USAGE).values;
  const volume = largeVolume();
  const image = Float32Array.from(volume.indices, (entry) => (entry === 0 ? 0 : 1));
  for (const { name, spacing, plansSpacing } of CASES) {
    progress(`Resampling with ${name}…`);
    const input = { volume, spacing, plansSpacing, resampling: DEFAULT_SEG_RESAMPLING };
    const labels = timed(() => madeOf(trainingGrid({ ...input, mask: null })));
    const found = timed(() => maskOf(image));
    const cropped = timed(() => madeOf(trainingGrid({ ...input, mask: found.result })));
    const { shape } = labels.result.volume.grid;
    const most = Math.max(found.bytes, found.result.bits.byteLength + cropped.bytes);
    const both = volume.indices.byteLength + cropped.result.volume.indices.byteLength;
    const lines = [
      `${name}: ${SHAPE.join("×")} at ${spacing.join("×")} mm → ${shape.join("×")} at ${plansSpacing.join("×")} mm`,
      `  labels          ${labels.ms.toFixed(0)} ms`,
      `  nonzero mask    ${found.ms.toFixed(0)} ms`,
      `  cropped labels  ${cropped.ms.toFixed(0)} ms`,
      `  memory          ${((volume.indices.byteLength + most) / both).toFixed(2)} times both label volumes`,
    ];
    if (python) lines.push(...comparison(python, volume, labels));
    progress("");
    console.log(lines.join("\n"));
  }
  return 0;
});

interface Timed<T> {
  /** Time of the processor, which other programs do not lengthen. */
  readonly ms: number;
  /** Most bytes of arrays that were allocated at any step. */
  readonly bytes: number;
  readonly result: T;
}

/** The fastest of several runs, and the memory of the first. */
function timed<T>(make: () => Generator<unknown, T>): Timed<T> {
  const bytes = mostBytes(make());
  let best = timedOnce(make());
  for (let run = 1; run < RUNS; run++) {
    const next = timedOnce(make());
    if (next.ms < best.ms) best = next;
  }
  return { ...best, bytes };
}

function mostBytes(work: Generator<unknown, unknown>): number {
  collectGarbage();
  const before = process.memoryUsage().arrayBuffers;
  let bytes = 0;
  while (!work.next().done) bytes = Math.max(bytes, process.memoryUsage().arrayBuffers - before);
  return bytes;
}

function timedOnce<T>(work: Generator<unknown, T>): Omit<Timed<T>, "bytes"> {
  collectGarbage();
  const start = process.cpuUsage();
  for (;;) {
    const step = work.next();
    if (!step.done) continue;
    const { user, system } = process.cpuUsage(start);
    return { ms: (user + system) / 1000, result: step.value };
  }
}

function* maskOf(image: Float32Array): Generator<number, NonzeroMask> {
  const builder = new NonzeroMaskBuilder(SHAPE);
  yield* builder.add(image);
  return yield* builder.finish();
}

function* madeOf(work: ReturnType<typeof trainingGrid>): Generator<number, TrainingGrid> {
  const result = yield* work;
  if (result.kind === "refused") throw new Failure(result.reason);
  return result;
}

/** A synthetic trunk, stretched to the shape. */
function largeVolume(): PaletteVolume {
  const small = phantom({ size: 192, regions: LABELS }).volume;
  const along = (axis: 0 | 1 | 2) => sourceIndices(small.grid.shape[axis], SHAPE[axis], "nearest-exact");
  const entries = Uint8Array.from(small.indices);
  const indices = downsample(entries, small.grid.shape, [along(0), along(1), along(2)]);
  return { ...small, grid: { shape: SHAPE, toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0] }, indices };
}

function comparison(python: string, volume: PaletteVolume, ours: Timed<TrainingGrid>): string[] {
  const folder = mkdtempSync(join(tmpdir(), "regionscope-training-grid-"));
  try {
    const labels = join(folder, "labels.raw");
    writeFileSync(labels, bytesOf(volume));
    const { shape, separateAxis } = ours.result.resampling;
    const job = { labels, shape: SHAPE, new_shape: shape, separate_axis: separateAxis };
    const script = join(import.meta.dirname, "training-grid-cpu.py");
    const run = spawnSync(python, [script], { input: JSON.stringify(job), encoding: "utf8" });
    if (run.status !== 0) throw new Failure(`${python}: ${run.stderr.trim().split("\n").at(-1) ?? "failed"}`);
    const theirs = answerSchema.parse(JSON.parse(run.stdout));
    const sha256 = createHash("sha256").update(bytesOf(ours.result.volume)).digest("hex");
    if (sha256 !== theirs.sha256) throw new Failure("scikit-image's way gives other voxels.");
    return [
      `  scikit-image    ${theirs.ms.toFixed(0)} ms (${theirs.skimage}, scipy ${theirs.scipy}), the same voxels: ` +
        `${(theirs.ms / ours.ms).toFixed(0)} times as long`,
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function bytesOf({ indices, palette }: PaletteVolume): Uint8Array {
  return Uint8Array.from(indices, (entry) => palette[entry] ?? 0);
}
