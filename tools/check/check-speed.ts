/**
 * `npm run bench:check`: times the check of a dataset of small cases and of one of large cases, the start of
 * the workers left out. With `--peer`, also times a script that checks the same datasets, and prints the
 * ratio.
 *
 * Counts the time of processors over all processes, which other programs lengthen less than they delay.
 */
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { platform, tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Triple } from "../../src/domain/geometry/grid.ts";
import type { GridKind } from "../../src/domain/view/view-values.ts";
import { Failure, main, positive, progress, readOptions, root, run } from "../run.ts";
import { openChecker } from "./worker-checker.ts";

const USAGE =
  "Usage: npm run bench:check -- [--workers 2] [--grid stored|trained] [--peer SCRIPT.py] [--python python3] [--quick]\n" +
  "SCRIPT.py is called with the dataset's folder and --processes N.";
const SAMPLE = join(root, "public/samples/Dataset901_AbdomenRegions");
const ENDING = ".nii.gz";
/** Clock ticks of /proc, on every usual Linux. */
const TICKS_PER_SECOND = 100;

interface Dataset {
  readonly name: string;
  readonly cases: number;
  /** i, j, k to which the sample is repeated; null as it is. */
  readonly lengths: Triple | null;
}

const FULL: readonly Dataset[] = [
  { name: "small", cases: 30, lengths: null },
  { name: "large", cases: 12, lengths: [512, 512, 200] },
];
const QUICK: readonly Dataset[] = [
  { name: "small", cases: 2, lengths: null },
  { name: "large", cases: 1, lengths: [130, 110, 120] },
];

await main(async () => {
  const { values } = readOptions(
    {
      workers: { type: "string", default: "2" },
      grid: { type: "string", default: "stored" },
      peer: { type: "string" },
      python: { type: "string", default: "python3" },
      quick: { type: "boolean", default: false },
    },
    USAGE,
  );
  if (values.grid !== "stored" && values.grid !== "trained") throw new Failure(USAGE);
  if (platform() !== "linux") throw new Failure("The time of all processes is known on Linux alone.");
  const workers = positive(values.workers, USAGE);
  const folder = mkdtempSync(join(tmpdir(), "regionscope-check-speed-"));
  try {
    for (const dataset of values.quick ? QUICK : FULL) {
      progress(`Making ${dataset.cases} ${dataset.name} cases…`);
      const at = join(folder, dataset.name);
      makeDataset(at, dataset);
      const own = await timeCheck(at, workers, values.grid);
      const lines = [
        `${dataset.cases} ${dataset.name} cases on the ${values.grid} grid, ${workers} workers`,
        `  check  ${text(own)}`,
      ];
      if (values.peer) {
        progress("Running the other script…");
        const other = await timePeer(values.python, values.peer, at, workers);
        lines.push(
          `  peer   ${text(other)}`,
          `  ratio  ${(own.cpuSeconds / other.cpuSeconds).toFixed(2)} of its processor time, ` +
            `${(own.seconds / other.seconds).toFixed(2)} of its time`,
        );
      }
      progress("");
      console.log(lines.join("\n"));
      rmSync(at, { recursive: true, force: true });
    }
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

interface Times {
  readonly cpuSeconds: number;
  readonly seconds: number;
}

function text({ cpuSeconds, seconds }: Times): string {
  return `${cpuSeconds.toFixed(2)} s of processors, in ${seconds.toFixed(2)} s`;
}

/** Writes copies of one case under different names. */
function makeDataset(at: string, { cases, lengths }: Dataset): void {
  for (const [of, channel] of [
    ["labelsTr", ""],
    ["imagesTr", "_0000"],
  ] as const) {
    mkdirSync(join(at, of), { recursive: true });
    const [sample = ""] = readdirSync(join(SAMPLE, of));
    const first = join(at, of, `case_000${channel}${ENDING}`);
    if (lengths) writeFileSync(first, repeated(readFileSync(join(SAMPLE, of, sample)), lengths));
    else copyFileSync(join(SAMPLE, of, sample), first);
    for (let i = 1; i < cases; i++)
      copyFileSync(first, join(at, of, `case_${String(i).padStart(3, "0")}${channel}${ENDING}`));
  }
  for (const file of ["dataset.json", "nnUNetPlans.json"]) copyFileSync(join(SAMPLE, file), join(at, file));
}

/** A NIfTI-1 file with its voxels repeated along each axis up to these lengths. */
function repeated(packed: Buffer, [i, j, k]: Triple): Buffer {
  const file = gunzipSync(packed);
  const [width, height, depth] = [42, 44, 46].map((at) => file.readInt16LE(at)) as [number, number, number];
  const bytes = file.readInt16LE(72) / 8;
  const from = file.readFloatLE(108);
  const header = Buffer.from(file.subarray(0, from));
  for (const [axis, length] of [i, j, k].entries()) header.writeInt16LE(length, 42 + 2 * axis);
  const out = Buffer.alloc(i * j * k * bytes);
  const row = Buffer.alloc(i * bytes);
  for (let z = 0; z < k; z++)
    for (let y = 0; y < j; y++) {
      const start = from + ((z % depth) * height + (y % height)) * width * bytes;
      const line = file.subarray(start, start + width * bytes);
      for (let x = 0; x < i; x += width) line.copy(row, x * bytes, 0, Math.min(width, i - x) * bytes);
      row.copy(out, (z * j + y) * i * bytes);
    }
  return gzipSync(Buffer.concat([header, out]));
}

async function timeCheck(at: string, workers: number, grid: GridKind): Promise<Times> {
  const names = readdirSync(join(at, "labelsTr")).map((file) => file.slice(0, -ENDING.length));
  const imageOf = (name: string) => join(at, "imagesTr", `${name}_0000${ENDING}`);
  const textIn = (file: string) => readFileSync(join(at, file), "utf8");
  const plans = { file: "nnUNetPlans.json", text: textIn("nnUNetPlans.json") };
  const checker = await openChecker({
    workers,
    definition: textIn("dataset.json"),
    // The stored grid is that of a dataset without plans.
    plans: grid === "trained" ? plans : null,
    configuration: null,
    trainer: "default",
    reader: null,
    mode: "nearest-exact",
    grid,
    predictions: false,
    toleranceMm: 1,
    firstImage: imageOf(names[0] ?? ""),
  });
  try {
    progress("Checking…");
    const [cpuBefore, start] = [cpuSeconds(), performance.now()];
    const left = [...names];
    const work = async () => {
      for (let name = left.shift(); name !== undefined; name = left.shift()) {
        const labels = join(at, "labelsTr", `${name}${ENDING}`);
        const files = { name, labels, images: [imageOf(name)], prediction: null, inputs: [] };
        const { record } = await checker.check(files);
        if (record.status === "unreadable") throw new Failure(record.sentence);
      }
    };
    await Promise.all(Array.from({ length: workers }, work));
    return { cpuSeconds: cpuSeconds() - cpuBefore, seconds: (performance.now() - start) / 1000 };
  } finally {
    await checker.close();
  }
}

async function timePeer(python: string, script: string, at: string, processes: number): Promise<Times> {
  const [cpuBefore, start] = [cpuSeconds(), performance.now()];
  const code = await run(python, [script, at, "--processes", String(processes)]);
  if (code !== 0) throw new Failure(`${script} ended with exit code ${code}.`);
  return { cpuSeconds: cpuSeconds() - cpuBefore, seconds: (performance.now() - start) / 1000 };
}

/** Of this process and all that it started, those that have ended too. */
function cpuSeconds(): number {
  const all = new Map<number, { readonly parent: number; readonly ticks: number }>();
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, "utf8");
      // The name, in brackets, may have spaces. After it come state, parent, …; utime, stime, cutime and
      // cstime from 11 on.
      const fields = stat
        .slice(stat.lastIndexOf(")") + 2)
        .split(" ")
        .map(Number);
      const ticks = fields.slice(11, 15).reduce((sum, n) => sum + n, 0);
      all.set(Number(entry), { parent: fields[1] ?? 0, ticks });
    } catch {
      // It has ended meanwhile; its parent has its time.
    }
  }
  const isOwn = (pid: number): boolean => {
    const known = all.get(pid);
    return pid === process.pid || (known !== undefined && known.parent > 1 && isOwn(known.parent));
  };
  let ticks = 0;
  for (const [pid, its] of all) if (isOwn(pid)) ticks += its.ticks;
  return ticks / TICKS_PER_SECOND;
}
