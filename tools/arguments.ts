/** Parses the command lines of `report`, `bench` and `check` with pure functions. */
import { parseArgs } from "node:util";
import { READERS, type Reader } from "../src/domain/reader/reader.ts";
import { type SamplingMode, TRAINERS, type Trainer } from "../src/domain/targets/deep-supervision.ts";
import { type PathName, TARGET_FORMATS, type TargetFormat } from "../src/domain/targets/target-paths.ts";
import type { GridKind } from "../src/domain/view/view-values.ts";
import { CHECK_USAGE, REPORT_USAGE, usageLine } from "./usage.ts";

/** An invalid command line; the message is one line. */
export class UsageError extends Error {}

/**
 * Default tolerance of the normalised surface distance, in mm. With less than the usual distance of CT
 * slices, every border that is off by one slice would count as wrong.
 */
const TOLERANCE_MM = 3;

/** Upper bounds under `--quick`. */
export const QUICK = { size: 32, channels: 8 } as const;

const LABELS_ANYWAY = "--labels-anyway";
const MODES: readonly SamplingMode[] = ["nearest-exact", "resize-segmentation"];
const GRID_KINDS: readonly GridKind[] = ["trained", "stored"];
const STRIDES = ["isotropic", "anisotropic"] as const;
const AMOUNTS = ["sample", "all"] as const;
const FAIL_ON = ["error", "warning"] as const;
const PATHS: readonly (PathName | "auto")[] = ["auto", "per-channel", "bit-packed", "label-first"];

/** Paths are kept as the user wrote them. */
interface ReportArguments {
  readonly labels: readonly string[];
  readonly dataset: string | null;
  readonly plans: string | null;
  readonly configuration: string | null;
  /** The nnU-Net reader class to use; null for the one that nnU-Net would choose. */
  readonly reader: Reader | null;
  /** Channels of the image, in order; empty without one. */
  readonly images: readonly string[];
  readonly trainer: Trainer;
  /** A table with names and colours of labels. */
  readonly labelTable: string | null;
  readonly mode: SamplingMode;
  /** The voxels to report on: those of the file, or those that nnU-Net trains on. */
  readonly grid: GridKind;
  readonly path: PathName | "auto";
  /** Whether to compare all of a large case or only random parts. */
  readonly verify: (typeof AMOUNTS)[number];
  /** Accepts an apparent image as labels. */
  readonly labelsAnyway: boolean;
  readonly out: string | null;
}

interface BenchArguments {
  readonly size: number;
  readonly channels: number;
  readonly batch: number;
  readonly repeats: number;
  readonly mode: SamplingMode;
  readonly strides: (typeof STRIDES)[number];
  readonly targetFormat: TargetFormat;
  readonly json: string | null;
  /** Runs the whole suite, which sets size, channels, mode, strides and targets itself. */
  readonly suite: boolean;
  /** Runs everything once on small inputs, to check that it works instead of measuring. */
  readonly quick: boolean;
  readonly markdown: string | null;
}

/** @returns "help" for `--help`. @throws UsageError */
export function parseReportArguments(argv: readonly string[]): ReportArguments | "help" {
  const given = read(
    argv.filter((argument) => argument !== LABELS_ANYWAY),
    [
      "labels",
      "dataset",
      "plans",
      "configuration",
      "image",
      "label-table",
      "trainer",
      "reader",
      "mode",
      "grid",
      "path",
      "verify",
      "out",
    ],
    ["labels", "image"],
  );
  if (given === "help") return given;
  const labels = given.get("labels") ?? [];
  if (labels.length === 0) throw new UsageError(`--labels is missing. ${usageLine(REPORT_USAGE)}`);
  const configuration = single(given, "configuration");
  if (configuration !== null && !given.has("plans")) {
    throw new UsageError(
      `--configuration ${configuration} names a configuration of the plans: give them with --plans, or leave it out.`,
    );
  }
  return {
    labels,
    dataset: single(given, "dataset"),
    plans: single(given, "plans"),
    configuration,
    reader: given.has("reader") ? oneOf(given, "reader", READERS, "SimpleITKIO") : null,
    images: given.get("image") ?? [],
    trainer: oneOf(given, "trainer", TRAINERS, "default"),
    labelTable: single(given, "label-table"),
    mode: oneOf(given, "mode", MODES, "nearest-exact"),
    grid: oneOf(given, "grid", GRID_KINDS, "trained"),
    path: oneOf(given, "path", PATHS, "auto"),
    verify: oneOf(given, "verify", AMOUNTS, "sample"),
    labelsAnyway: argv.includes(LABELS_ANYWAY),
    out: single(given, "out"),
  };
}

const NO_GRID =
  "The workloads of bench are generated without a spacing, so they have no training grid: leave --grid out, " +
  "or choose Run comparison on the page, which measures the grid shown.";

/** @returns "help" for `--help`. @throws UsageError */
export function parseBenchArguments(argv: readonly string[]): BenchArguments | "help" {
  if (argv.some((argument) => /^--grid(=|$)/.test(argument))) throw new UsageError(NO_GRID);
  const given = read(
    argv.filter((argument) => argument !== "--suite" && argument !== "--quick"),
    ["size", "channels", "batch", "repeats", "mode", "strides", "targets", "json", "markdown"],
    [],
  );
  if (given === "help") return given;
  const suite = argv.includes("--suite");
  const quick = argv.includes("--quick");
  const fixed = ["size", "channels", "mode", "strides", "targets"].find((name) => given.has(name));
  if (suite && fixed) throw new UsageError(`--suite has its own --${fixed}: leave it out.`);
  if (!suite && given.has("markdown")) throw new UsageError("--markdown goes with --suite.");
  return {
    size: count(given, "size", quick ? QUICK.size : 128),
    channels: count(given, "channels", quick ? QUICK.channels : 31),
    batch: count(given, "batch", quick ? 1 : 2),
    repeats: count(given, "repeats", quick ? 1 : 7),
    mode: oneOf(given, "mode", MODES, "nearest-exact"),
    strides: oneOf(given, "strides", STRIDES, "isotropic"),
    targetFormat: oneOf(given, "targets", TARGET_FORMATS, "byte"),
    json: single(given, "json"),
    suite,
    quick,
    markdown: single(given, "markdown"),
  };
}

/** Paths are kept as the user wrote them. */
export interface CheckArguments {
  readonly dataset: string;
  readonly out: string;
  /** The part of the cases to check: every `count`th of the sorted names, from the one at `index` on. */
  readonly part: { readonly index: number; readonly count: number };
  /** Names of cases; null for all. */
  readonly cases: readonly string[] | null;
  /** Keeps what was checked before and did not change since. */
  readonly continues: boolean;
  /** Null for as many as the machine suggests. */
  readonly workers: number | null;
  readonly plans: string | null;
  readonly configuration: string | null;
  readonly trainer: Trainer;
  /** The nnU-Net reader class to use; null for the one that nnU-Net would choose. */
  readonly reader: Reader | null;
  readonly mode: SamplingMode;
  readonly grid: GridKind;
  /** Folder of predictions to compare with. */
  readonly predictions: string | null;
  /** mm */
  readonly tolerance: number;
  /** The least severity that makes the command fail; null if none does. */
  readonly failOn: (typeof FAIL_ON)[number] | null;
}

/** @returns "help" for `--help`. @throws UsageError */
export function parseCheckArguments(argv: readonly string[]): CheckArguments | "help" {
  const given = read(
    argv.filter((argument) => argument !== "--continue"),
    [
      "num_parts",
      "part_id",
      "cases",
      "workers",
      "plans",
      "configuration",
      "trainer",
      "reader",
      "mode",
      "grid",
      "predictions",
      "tolerance",
      "fail-on",
    ],
    ["cases"],
    ["DATASET", "OUT"],
  );
  if (given === "help") return given;
  const [dataset, out] = [single(given, "DATASET"), single(given, "OUT")];
  if (dataset === null || out === null) {
    throw new UsageError(`${dataset === null ? "DATASET" : "OUT"} is missing. ${usageLine(CHECK_USAGE)}`);
  }
  if (given.has("tolerance") && !given.has("predictions"))
    throw new UsageError("--tolerance goes with --predictions.");
  const cases = given.get("cases");
  return {
    dataset,
    out,
    part: partOf(given),
    cases: cases ? [...new Set(cases)] : null,
    continues: argv.includes("--continue"),
    workers: given.has("workers") ? count(given, "workers", 1) : null,
    plans: single(given, "plans"),
    configuration: single(given, "configuration"),
    trainer: oneOf(given, "trainer", TRAINERS, "default"),
    reader: given.has("reader") ? oneOf(given, "reader", READERS, "SimpleITKIO") : null,
    mode: oneOf(given, "mode", MODES, "nearest-exact"),
    grid: oneOf(given, "grid", GRID_KINDS, "trained"),
    predictions: single(given, "predictions"),
    tolerance: millimetres(given, "tolerance", TOLERANCE_MM),
    failOn: given.has("fail-on") ? oneOf(given, "fail-on", FAIL_ON, "error") : null,
  };
}

/** Parses `--num_parts` and `--part_id`, which go together as in nnUNetv2_predict. */
function partOf(given: Given): CheckArguments["part"] {
  const parts = count(given, "num_parts", 1);
  const id = single(given, "part_id");
  if (id === null) {
    if (parts > 1)
      throw new UsageError(`--num_parts ${parts} needs --part_id, a number from 0 to ${parts - 1}.`);
    return { index: 0, count: 1 };
  }
  if (!given.has("num_parts"))
    throw new UsageError(`--part_id ${id} needs --num_parts, the number of parts.`);
  if (!/^(0|[1-9]\d{0,6})$/.test(id) || Number(id) >= parts)
    throw new UsageError(`--part_id is a whole number from 0 to ${parts - 1}, not ${id}.`);
  return { index: Number(id), count: parts };
}

type Given = ReadonlyMap<string, readonly string[]>;

/**
 * Every option with its values; the arguments after the first value of a list are further values of it.
 * @param positionals names of the arguments without an option, in order
 */
function read(
  argv: readonly string[],
  names: readonly string[],
  lists: readonly string[],
  positionals: readonly string[] = [],
): Given | "help" {
  const options = Object.fromEntries(
    names.map((name) => [name, { type: "string" as const, multiple: true }]),
  );
  const { tokens } = parseArgs({
    args: [...argv],
    options: { ...options, help: { type: "boolean" } },
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const given = new Map<string, string[]>();
  let last: string | null = null;
  for (const token of tokens) {
    if (token.kind === "option-terminator") continue;
    if (token.kind === "positional") {
      const next = positionals.find((name) => !given.has(name));
      if (last !== null && lists.includes(last)) given.get(last)?.push(token.value);
      else if (next !== undefined && token.value !== "") given.set(next, [token.value]);
      else throw new UsageError(`Unexpected argument ${token.value}.`);
      continue;
    }
    if (token.name === "help") return "help";
    if (!names.includes(token.name))
      throw new UsageError(`Unknown option ${token.rawName}; --help lists them.`);
    const { value } = token;
    if (!value || (value.startsWith("--") && !token.inlineValue)) {
      throw new UsageError(`${token.rawName} needs a value.`);
    }
    last = token.name;
    given.set(last, [...(given.get(last) ?? []), value]);
  }
  return given;
}

function single(given: Given, name: string): string | null {
  const values = given.get(name) ?? [];
  if (values.length > 1) throw new UsageError(`--${name} is given ${values.length} times; once is enough.`);
  return values[0] ?? null;
}

function oneOf<T extends string>(given: Given, name: string, allowed: readonly T[], fallback: T): T {
  const value = single(given, name);
  if (value === null) return fallback;
  const found = allowed.find((candidate) => candidate === value);
  if (!found) throw new UsageError(`--${name} is one of ${allowed.join(", ")}, not ${value}.`);
  return found;
}

function count(given: Given, name: string, fallback: number): number {
  const value = single(given, name);
  if (value === null) return fallback;
  if (!/^[1-9]\d{0,6}$/.test(value))
    throw new UsageError(`--${name} is a whole number from 1 on, not ${value}.`);
  return Number(value);
}

function millimetres(given: Given, name: string, fallback: number): number {
  const value = single(given, name);
  if (value === null) return fallback;
  const mm = Number(value);
  if (!/^\d*\.?\d+$/.test(value) || !(mm > 0 && mm <= 1000))
    throw new UsageError(`--${name} is a length in mm above 0 and up to 1000, not ${value}.`);
  return mm;
}
