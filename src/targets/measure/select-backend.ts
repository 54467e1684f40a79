/**
 * Which of two designs writes results faster on the device at hand: compute shaders, or drawing into colour
 * attachments. It is measured, never guessed by an adapter's name: on one software renderer drawing is two to
 * three times faster, on another hardly.
 */
import { quartiles } from "../../base/statistics.ts";
import { regionTable } from "../../domain/dataset/region-table.ts";
import { benchRegions, benchVolume } from "../../domain/phantom/bench-workload.ts";
import { defaultStrides, scalesOf } from "../../domain/targets/deep-supervision.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { type Block, planBlocks } from "../core/block.ts";
import type { Design, PathInput, PathRun, TargetPath } from "../core/target-path.ts";
import { bitPacked } from "../paths/bit-packed.ts";
import { labelFirst } from "../paths/label-first.ts";
import { canDraw } from "../raster/raster-pass.ts";
import { execute } from "./run-verification.ts";
import type { StageClock } from "./stage-timer.ts";

/** Voxels along an edge and channels of what is measured: a few milliseconds of work. */
const SIZE = 48;
const CHANNELS = 16;
const ROUNDS = 3;

const DESIGNS: readonly Design[] = ["computed", "drawn"];

const measured = new WeakMap<Gpu, Promise<Design>>();

/** The faster design on this device; measured once. Must not run beside other work of the device. */
export function fasterDesign(gpu: Gpu, clock: StageClock): Promise<Design> {
  const known = measured.get(gpu);
  if (known !== undefined) return known;
  // A device on which the race itself fails computes: what is wrong with it shows again where it matters.
  const race = gpu.guarded("measuring two designs", () => raced(gpu, clock)).catch((): Design => "computed");
  measured.set(gpu, race);
  return race;
}

async function raced(gpu: Gpu, clock: StageClock): Promise<Design> {
  const input = workload();
  if (!canDraw(gpu, input.block)) return "computed";
  const ms = { computed: 0, drawn: 0 };
  for (const path of [bitPacked, labelFirst]) {
    const times = await timesOf(gpu, clock, path, input);
    for (const design of DESIGNS) ms[design] += times[design];
  }
  return ms.drawn < ms.computed ? "drawn" : "computed";
}

async function timesOf(
  gpu: Gpu,
  clock: StageClock,
  path: TargetPath,
  input: PathInput,
): Promise<Record<Design, number>> {
  const runs: { readonly design: Design; readonly run: PathRun; readonly times: number[] }[] = [];
  try {
    for (const design of DESIGNS) {
      const run = await path.open(gpu, { ...input, design });
      runs.push({ design, run, times: [] });
      execute(gpu, run);
    }
    const planned = [];
    for (const entry of runs) {
      const steps = [...entry.run.downsample, ...entry.run.decode];
      planned.push({ ...entry, steps, plan: await clock.planSteps(steps) });
    }
    for (let round = 0; round < ROUNDS; round++) {
      for (const { steps, plan, times } of planned) times.push(await clock.measureSteps(steps, plan));
    }
    const ms = { computed: 0, drawn: 0 };
    for (const { design, times } of runs) ms[design] = quartiles(times).median;
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
