/**
 * Selects the backend that writes results faster on this device, compute shaders or render passes. It
 * measures both instead of guessing by the name of the adapter: render passes are two to three times faster
 * on one software renderer and hardly faster on another.
 */
import { quartiles } from "../../base/statistics.ts";
import { regionTable } from "../../domain/dataset/region-table.ts";
import { benchRegions, benchVolume } from "../../domain/phantom/bench-workload.ts";
import { defaultStrides, scalesOf } from "../../domain/targets/deep-supervision.ts";
import type { BackendName } from "../../domain/targets/target-paths.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { type Block, planBlocks } from "../core/block.ts";
import type { PathInput, PathRun, TargetPath } from "../core/target-path.ts";
import { bitPacked } from "../paths/bit-packed.ts";
import { labelFirst } from "../paths/label-first.ts";
import { rasterNeeds } from "../raster/raster-needs.ts";
import { execute } from "./run-verification.ts";
import type { StageTimer } from "./stage-timer.ts";

/** Edge length in voxels and channels of the measured volume: a few milliseconds of work. */
const SIZE = 48;
const CHANNELS = 16;
const ROUNDS = 3;

const BACKENDS: readonly BackendName[] = ["compute", "raster"];

const measured = new WeakMap<Gpu, Promise<BackendName>>();

/** Gives the faster backend on this device, measured once. Must not run beside other work of the device. */
export function fasterBackend(gpu: Gpu, timer: StageTimer): Promise<BackendName> {
  const known = measured.get(gpu);
  if (known !== undefined) return known;
  // A device on which the race itself fails uses compute shaders: its fault shows again where it matters.
  const race = gpu
    .guarded("measuring two backends", () => raced(gpu, timer))
    .catch((): BackendName => "compute");
  measured.set(gpu, race);
  return race;
}

async function raced(gpu: Gpu, timer: StageTimer): Promise<BackendName> {
  const input = workload();
  if (!rasterNeeds.supports(gpu, input.block)) return "compute";
  const ms = { compute: 0, raster: 0 };
  for (const path of [bitPacked, labelFirst]) {
    const times = await timesOf(gpu, timer, path, input);
    for (const backend of BACKENDS) ms[backend] += times[backend];
  }
  return ms.raster < ms.compute ? "raster" : "compute";
}

async function timesOf(
  gpu: Gpu,
  timer: StageTimer,
  path: TargetPath,
  input: PathInput,
): Promise<Record<BackendName, number>> {
  const runs: { readonly backend: BackendName; readonly run: PathRun; readonly times: number[] }[] = [];
  try {
    for (const backend of BACKENDS) {
      const run = await path.open(gpu, { ...input, backend });
      runs.push({ backend, run, times: [] });
      execute(gpu, run);
    }
    const planned = [];
    for (const entry of runs) {
      const steps = [...entry.run.downsample, ...entry.run.decode];
      planned.push({ ...entry, steps, plan: await timer.planSteps(steps) });
    }
    for (let round = 0; round < ROUNDS; round++) {
      for (const { steps, plan, times } of planned) times.push(await timer.measureSteps(steps, plan));
    }
    const ms = { compute: 0, raster: 0 };
    for (const { backend, times } of runs) ms[backend] = quartiles(times).median;
    return ms;
  } finally {
    for (const { run } of runs) run.dispose();
  }
}

function workload(): PathInput & { readonly block: Block } {
  const volume = benchVolume(SIZE, 1);
  const source = { kind: "labels", volume } as const;
  const { shape } = sourceGrid(source);
  const table = regionTable(volume.palette, benchRegions(CHANNELS).regions);
  const scales = scalesOf(shape, defaultStrides());
  const [block] = planBlocks(shape, CHANNELS, scales, "nearest-exact", Number.MAX_SAFE_INTEGER);
  if (!block) throw new Error("The workload is one block.");
  return { source, table, block };
}
