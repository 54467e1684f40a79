/**
 * Tables of label names and colours that programs keep beside their label files: ITK-SNAP's label
 * descriptions, 3D Slicer's colour tables (.ctbl, .txt) and FreeSurfer's look-up tables
 * (FreeSurferColorLUT.txt). They are recognised by their lines or, if many lines are broken, by their ending
 * or header comment.
 */
import { InputError } from "../../base/errors.ts";
import type { LabelName } from "../../domain/volume/label-names.ts";
import type { InputFile } from "../bytes/input-file.ts";
import { withDistinctNames } from "./distinct-names.ts";

interface LabelTable {
  readonly file: string;
  /** One entry for each label except 0, which is nnU-Net's background; the last of several for one label. */
  readonly labels: readonly LabelName[];
  /** Numbers, from 1, of the lines that describe no label. */
  readonly brokenLines: readonly number[];
  /** Labels that several lines name, ascending. */
  readonly repeated: readonly number[];
}

/** Size limit; FreeSurfer's own table takes 130 kB. */
const MAX_BYTES = 1 << 24;
/** Number of bytes used to recognise a file. */
const SNIFFED_BYTES = 1 << 14;

const NUMBER = String.raw`(\d+(?:\.\d+)?)`;
/** ITK-SNAP: index, red, green, blue, opacity, two switches, name in quotes. */
const ITK_SNAP = new RegExp(
  String.raw`^(\d+)\s+${NUMBER}\s+${NUMBER}\s+${NUMBER}\s+[\d.]+\s+\d+\s+\d+\s+"(.*)"$`,
);
/**
 * 3D Slicer and FreeSurfer: index, name, red, green, blue, and usually opacity or transparency; FreeSurfer
 * may add a tissue type.
 */
const LOOK_UP = new RegExp(
  String.raw`^(\d+)\s+("[^"]+"|\S*[^\s\d.+-]\S*)\s+${NUMBER}\s+${NUMBER}\s+${NUMBER}(?:\s+[\d.]+)?(?:\s+-?\d+)?$`,
);
/** 3D Slicer's name for unused entries. */
const UNUSED = "(none)";

/** Endings of such tables; FreeSurfer's surface labels end in .label too. */
const ENDING = /\.(ctbl|label)$/i;
const CALLED = /(\.(ctbl|label)|(label|lut|colou?r)[^/]*\.txt)$/i;
/** First line of tables by ITK-SNAP, 3D Slicer and FreeSurfer. */
const COMMENT = /^#.*(Label Description File|Color table file|ColorLUT)/im;
/** First line of FreeSurfer's surface labels. */
const SURFACE_LABEL = /^#!ascii label/;

/** Checks whether a file has the name of such a table. */
export function isCalledLabelTable({ path }: InputFile): boolean {
  return CALLED.test(path);
}

/**
 * Recognises such a table: most of its first lines, except comments and empty ones, describe a label; or one
 * does, and the ending or the header comment identifies it.
 */
export async function isLabelTable({ path, blob }: InputFile): Promise<boolean> {
  const start = await startOf(blob);
  if (start === null) return false;
  const lines = contentLines(start);
  // The last line may be cut.
  const whole = blob.size > SNIFFED_BYTES ? lines.slice(0, -1) : lines;
  const entries = whole.filter(({ text }) => entryOf(text) !== null).length;
  return entries > (ENDING.test(path) || COMMENT.test(start) ? 0 : whole.length / 2);
}

/** Checks whether a file claims to be such a table, by its ending or header comment. */
export async function saysLabelTable({ path, blob }: InputFile): Promise<boolean> {
  const start = await startOf(blob);
  if (start === null || SURFACE_LABEL.test(start)) return false;
  return ENDING.test(path) || COMMENT.test(start);
}

/** Error for a file that claims, or was chosen, to be such a table but is not. */
export function noLabelTable({ path }: InputFile): InputError {
  return new InputError(
    path,
    'none of its lines has a label, a name and a colour as written by ITK-SNAP (7 255 0 0 1 1 1 "liver") or by 3D Slicer and FreeSurfer ' +
      "(7 liver 255 0 0 255)",
    "Export the table again from the program that made the labels",
  );
}

/** Reads the text for recognition; null if the file is too large, empty or not text. */
async function startOf(blob: Blob): Promise<string | null> {
  if (blob.size > MAX_BYTES) return null;
  const start = await blob
    .slice(0, SNIFFED_BYTES)
    .text()
    .catch(() => "");
  return start === "" || start.includes("\0") ? null : start;
}

/**
 * Reads a file that {@link isLabelTable} accepted.
 * @throws InputError if it is unreadable
 */
export async function readLabelTable({ path, blob }: InputFile): Promise<LabelTable> {
  const text = await blob.text().catch(() => {
    throw new InputError(path, "it cannot be read", "Choose it again");
  });
  const labels = new Map<number, LabelName>();
  const brokenLines: number[] = [];
  const repeated = new Set<number>();
  for (const { number, text: line } of contentLines(text)) {
    const entry = entryOf(line);
    if (!entry) brokenLines.push(number);
    else if (entry.name !== UNUSED && entry.value !== 0) {
      if (labels.has(entry.value)) repeated.add(entry.value);
      labels.set(entry.value, entry);
    }
  }
  return {
    file: path,
    labels: withDistinctNames([...labels.values()], ({ value }) => value),
    brokenLines,
    repeated: [...repeated].sort((a, b) => a - b),
  };
}

function contentLines(text: string): { readonly number: number; readonly text: string }[] {
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\r|\n/)
    .map((line, i) => ({ number: i + 1, text: line.trim() }))
    .filter(({ text: line }) => line !== "" && !line.startsWith("#"));
}

function entryOf(line: string): LabelName | null {
  const [, index, red, green, blue, quoted] = ITK_SNAP.exec(line) ?? [];
  if (index !== undefined) return entry(index, quoted ?? "", [red, green, blue]);
  // FreeSurfer ends some lines with a remark.
  const [, value, name, ...parts] = LOOK_UP.exec(line.replace(/\s+#.*$/, "")) ?? [];
  return value === undefined ? null : entry(value, (name ?? "").replace(/^"(.*)"$/, "$1"), parts);
}

/** @returns null for an invalid colour */
function entry(value: string, name: string, parts: readonly (string | undefined)[]): LabelName | null {
  const [red = Number.NaN, green = Number.NaN, blue = Number.NaN] = parts.map(Number);
  if (name.trim() === "" || ![red, green, blue].every((part) => part <= 255)) return null;
  return { value: Number(value), name: name.trim(), color: [red / 255, green / 255, blue / 255] };
}
