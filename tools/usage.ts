/** What the commands of the program print with `--help`. */
import { READERS } from "../src/domain/reader/reader.ts";
import { invocation } from "./run.ts";

const WIDTH = 96;
/** Width of the column of options; a longer one has its sentence on the next line. */
const OPTION_WIDTH = 27;

interface Usage {
  readonly command: string;
  /** What follows the command, in each way to call it. */
  readonly ways: readonly string[];
  readonly does: string;
  /** Arguments and options, each with a sentence. */
  readonly options: readonly (readonly [option: string, says: string])[];
}

const HELP = ["--help", "print this"] as const;
/** Those that `report` and `check` share. */
const MODE = ["--mode MODE", "downsampling: nearest-exact (default) or resize-segmentation"] as const;
const READING = [
  ["--configuration NAME", "configuration of the plans (default: 3d_fullres, else the first)"],
  ["--trainer NAME", "scales of the loss: default, no-deep-supervision or ddp"],
  ["--reader CLASS", `class to read with, if not as nnU-Net chooses: ${READERS.join(", ")}`],
  MODE,
  ["--grid GRID", "voxels to count: trained (default), or stored, those of the file"],
] as const;

export const REPORT_USAGE: Usage = {
  command: "report",
  ways: ["--labels FILE [FILE ...] [OPTION ...]"],
  does: "Writes the JSON report of one case: its regions at every scale, and findings.",
  options: [
    ["--labels FILE [FILE ...]", "the label file, or several files of masks"],
    ["--dataset FILE", "dataset.json, which names labels and regions"],
    ["--plans FILE", "nnU-Net's plans"],
    ["--image FILE [FILE ...]", "all channels of the image, in order, because nnU-Net crops by them"],
    ["--label-table FILE", "names and colours of labels"],
    ...READING,
    ["--path PATH", "target path to report on: auto (default), per-channel, bit-packed or label-first"],
    ["--verify AMOUNT", "how much of a large case to verify: sample (default) or all"],
    ["--labels-anyway", "accept as labels what looks like an image"],
    ["--out FILE", "where to write the JSON (default: stdout)"],
    HELP,
  ],
};

export const BENCH_USAGE: Usage = {
  command: "bench",
  ways: ["[OPTION ...]", "--suite [OPTION ...]"],
  does: "Times the three target paths, on one workload or on a suite of them.",
  options: [
    ["--size N", "edge of the patch in voxels (default: 128)"],
    ["--channels N", "number of regions (default: 31)"],
    ["--batch N", "number of patches (default: 2)"],
    ["--repeats N", "number of runs that are measured (default: 7)"],
    MODE,
    ["--strides KIND", "strides of the network: isotropic (default) or anisotropic"],
    ["--targets SIZE", "what holds a target voxel: byte (default) or bit"],
    ["--suite", "run all workloads of the suite, and then time the page"],
    ["--quick", "run everything once on something small, to see that it works"],
    ["--json FILE", "also write the results as JSON"],
    ["--markdown FILE", "also write the table of the suite"],
    HELP,
  ],
};

export const CHECK_USAGE: Usage = {
  command: "check",
  ways: ["DATASET OUT [OPTION ...]"],
  does: "Checks every case of a dataset, and writes a report and a picture of each into OUT.",
  options: [
    ["DATASET", "folder of nnUNet_raw, which is only read"],
    ["OUT", "folder for the results, which is made"],
    ["--num_parts N --part_id I", "check every Nth case from the one at I (0 to N - 1) on"],
    ["--cases NAME [NAME ...]", "check only these cases"],
    ["--continue", "keep what was checked before and did not change"],
    ["--workers N", "cases to check at a time (default: the cores, at most 8)"],
    ["--plans FILE", "nnU-Net's plans (default: DATASET/nnUNetPlans.json, if any)"],
    ...READING,
    ["--predictions FOLDER", "compare these predictions, named as the cases, with the labels"],
    ["--tolerance MM", "distance up to which two surfaces agree (default: 3)"],
    ["--fail-on SEVERITY", "exit with code 1 for errors (error), or for warnings too (warning)"],
    HELP,
  ],
};

export const SUMMARY_USAGE: Usage = {
  command: "summary",
  ways: ["OUT"],
  does: "Summarises a check as summary.html, summary.json, cases.tsv and folds.tsv, in its folder.",
  options: [["OUT", "the folder that the check wrote to"], HELP],
};

export const SERVE_USAGE: Usage = {
  command: "serve",
  ways: ["[--port N] [--open]"],
  does: "Serves the page on this machine until it is interrupted.",
  options: [
    ["--port N", "exactly this port (default: 4173, or the next free one)"],
    ["--open", "open the page in a browser"],
    HELP,
  ],
};

/** One line for the end of a sentence on a wrong command line. */
export function usageLine({ command, ways: [first = ""] }: Usage): string {
  return `Usage: ${invocation(command)} ${first}`;
}

/** The whole text, which ends with a line break. */
export function helpText({ command, ways, does, options }: Usage): string {
  const starts = ways.map((way, i) => `${i === 0 ? "Usage: " : "       "}${invocation(command)} ${way}`);
  return `${[...starts, "", ...wrapped(does, WIDTH), "", ...options.flatMap(optionLines)].join("\n")}\n`;
}

function optionLines([option, says]: Usage["options"][number]): string[] {
  const lines = wrapped(says, WIDTH - OPTION_WIDTH - 2);
  const indented = lines.map((line) => " ".repeat(OPTION_WIDTH + 2) + line);
  // Two spaces at least stand between the columns.
  if (option.length > OPTION_WIDTH - 2) return [`  ${option}`, ...indented];
  const [first = "", ...rest] = lines;
  return [`  ${option.padEnd(OPTION_WIDTH)}${first}`, ...rest.map((_, i) => indented[i + 1] ?? "")];
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
