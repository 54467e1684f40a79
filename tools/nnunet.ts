/**
 * `npm run bench:nnunet`: times nnU-Net's CPU code (batchgeneratorsv2 with torch) and this project's paths on
 * the same patch, one after the other on the same machine. Requires a Python with both packages; all must
 * agree on the voxels of every region at every scale.
 */
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { formatFigure, formatQuartiles, formatTimes } from "../src/base/format-units.ts";
import { quartiles } from "../src/base/statistics.ts";
import { adapterName } from "../src/benchmark/export-csv.ts";
import type { BenchmarkResult } from "../src/benchmark/result.ts";
import { regionTable } from "../src/domain/dataset/region-table.ts";
import { benchRegions, benchVolume } from "../src/domain/phantom/bench-workload.ts";
import { axisTables, defaultStrides, type Scale, scalesOf } from "../src/domain/targets/deep-supervision.ts";
import { downsample, maskOf } from "../src/domain/targets/reference.ts";
import { PATH_NAMES } from "../src/domain/targets/target-paths.ts";
import { Headless } from "./headless.ts";
import { Failure, main, progress } from "./run.ts";

const USAGE = "npm run bench:nnunet -- [--python python3] [--size 128] [--channels 31] [--repeats 7]";
const SEED_OF_FIRST_PATCH = 1;

const answerSchema = z.object({
  torch: z.string(),
  batchgeneratorsv2: z.string(),
  convertMs: z.array(z.number()).min(1),
  downsampleMs: z.array(z.number()).min(1),
  voxels: z.array(z.array(z.number())),
});
type Answer = z.infer<typeof answerSchema>;

await main(async () => {
  const { python, size, channels, repeats } = options();
  const scales = scalesOf([size, size, size], defaultStrides());
  progress("Measuring nnU-Net's CPU code…");
  const theirs = await nnunet(python, { size, channels, repeats, scales });
  progress("Comparing voxels…");
  const expected = voxelsOf(size, channels, scales);
  if (JSON.stringify(theirs.voxels) !== JSON.stringify(expected))
    throw new Failure(
      "nnU-Net's code counts other voxels than this project, so the times compare unequal work.",
    );
  const app = await Headless.open(progress);
  try {
    progress("Measuring the paths…");
    const ours = await app.bench({
      size,
      channels,
      repeats,
      batch: 1,
      mode: "nearest-exact",
      strides: "isotropic",
      targetFormat: "byte",
    });
    progress("");
    process.stdout.write(`${table(theirs, ours).join("\n")}\n`);
    return 0;
  } finally {
    await app.close();
  }
});

function options() {
  const text = { type: "string" } as const;
  let values: { python?: string; size?: string; channels?: string; repeats?: string };
  try {
    ({ values } = parseArgs({ options: { python: text, size: text, channels: text, repeats: text } }));
  } catch {
    throw new Failure(USAGE, 2);
  }
  const whole = (given: string | undefined, usual: number) => {
    const n = given === undefined ? usual : Number(given);
    if (!Number.isInteger(n) || n < 1) throw new Failure(`"${given}" is not a whole number. ${USAGE}`, 2);
    return n;
  };
  return {
    python: values.python ?? "python3",
    size: whole(values.size, 128),
    channels: whole(values.channels, 31),
    repeats: whole(values.repeats, 7),
  };
}

interface Work {
  readonly size: number;
  readonly channels: number;
  readonly repeats: number;
  readonly scales: readonly Scale[];
}

async function nnunet(python: string, { size, channels, repeats, scales }: Work): Promise<Answer> {
  const folder = await mkdtemp(join(tmpdir(), "regionscope-nnunet-"));
  try {
    const labels = join(folder, "labels.raw");
    await writeFile(labels, labelsOf(size));
    const job = {
      labels,
      shape: [size, size, size],
      regions: benchRegions(channels).regions.map((region) => region.labels),
      scales: scales.map(({ factors }) => factors.map((factor) => 1 / factor)),
      repeats,
    };
    const answer = await run(python, join(import.meta.dirname, "nnunet-cpu.py"), JSON.stringify(job));
    return answerSchema.parse(JSON.parse(answer));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The labels of the benchmark's first patch, a byte a voxel. */
function labelsOf(size: number): Uint8Array {
  const { indices, palette } = benchVolume(size, SEED_OF_FIRST_PATCH);
  return Uint8Array.from(indices, (index) => palette[index] ?? 0);
}

/** Voxel counts, `[scale][channel]`, by the plain CPU version. */
function voxelsOf(size: number, channels: number, scales: readonly Scale[]): number[][] {
  const volume = benchVolume(size, SEED_OF_FIRST_PATCH);
  const table = regionTable(volume.palette, benchRegions(channels).regions);
  const counts: number[][] = scales.map(() => []);
  for (let channel = 0; channel < channels; channel++) {
    const mask = maskOf({ kind: "labels", volume }, table, channel);
    for (const [s, scale] of scales.entries()) {
      const tables = axisTables(volume.grid.shape, scale, "nearest-exact");
      counts[s]?.push(downsample(mask, volume.grid.shape, tables).reduce((sum, v) => sum + v, 0));
    }
  }
  return counts;
}

function run(command: string, script: string, input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [script], { stdio: ["pipe", "pipe", "pipe"] });
    let [out, err] = ["", ""];
    child.stdout.on("data", (data: Buffer) => {
      out += data.toString();
    });
    child.stderr.on("data", (data: Buffer) => {
      err += data.toString();
    });
    child.on("error", () =>
      reject(new Failure(`${command} could not be started. Name a Python with --python.`)),
    );
    child.on("close", (code) => {
      const last = err.trim().split("\n").at(-1) ?? "";
      if (code === 0) resolve(out);
      else
        reject(
          new Failure(
            /No module named/.test(last)
              ? `${command} has not what is compared with (${last}). Run: ${command} -m pip install torch batchgeneratorsv2`
              : `nnU-Net's code failed: ${last || `exit code ${code}`}`,
          ),
        );
    });
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}

function table(theirs: Answer, ours: BenchmarkResult): string[] {
  const loader = quartiles(theirs.convertMs.map((ms, i) => ms + (theirs.downsampleMs[i] ?? 0)));
  const { workload } = ours;
  return [
    `One patch of ${workload.shape.join(" x ")}, ${workload.channels} regions, ${workload.scales.length} scales; median (quartiles) of ${ours.repeats} runs, ms`,
    "",
    `nnU-Net on the CPU: batchgeneratorsv2 ${theirs.batchgeneratorsv2}, torch ${theirs.torch}, one thread`,
    `  convert     ${formatQuartiles(quartiles(theirs.convertMs))}`,
    `  downsample  ${formatQuartiles(quartiles(theirs.downsampleMs))}`,
    `  together    ${formatQuartiles(loader)}`,
    "",
    `This project: ${adapterName(ours)}; the same voxels in every region at every scale`,
    ...PATH_NAMES.flatMap((name) => {
      const timing = ours.paths[name];
      if (!timing) return [];
      const times = (ms: number) => formatTimes(loader.median / ms);
      return [
        `  ${name.padEnd(12)}loader part ${formatFigure(timing.loaderMs)}, ${times(timing.loaderMs.median)} faster; with decode ${formatFigure(timing.totalMs)}, ${times(timing.totalMs.median)} faster`,
      ];
    }),
    ...(ours.cpu ? [`  the CPU alone in the browser, one thread: ${formatFigure(ours.cpu.loaderMs)}`] : []),
  ];
}
