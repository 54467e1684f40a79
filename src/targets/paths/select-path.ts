/**
 * Selects the path that serves a case best and gives the reason, in a sentence for the page and the report.
 */

import type { Crossings } from "../../benchmark/sweep.ts";
import type { PathName } from "../../domain/targets/target-paths.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import type { TargetPath } from "../core/target-path.ts";
import { bitPacked } from "./bit-packed.ts";
import { labelFirst } from "./label-first.ts";
import { perChannel } from "./per-channel.ts";

export const TARGET_PATHS: readonly TargetPath[] = [perChannel, bitPacked, labelFirst];

export function pathNamed(name: PathName): TargetPath {
  const path = TARGET_PATHS.find((p) => p.name === name);
  if (!path) throw new Error(`There is no path named ${name}.`);
  return path;
}

interface SelectedPath {
  readonly path: PathName;
  readonly reason: string;
}

/**
 * Channel counts above which a packed path is ahead, used before anything is measured. They compare the
 * loader part, because decoding is next to free on a GPU. In software rendering `bit-packed` overtakes
 * between one and two channels, and `label-first` is ahead at one (docs/performance.md).
 */
const DEFAULT_CROSSINGS: Readonly<Record<"bit-packed" | "label-first", number>> = {
  "bit-packed": 1,
  "label-first": 0,
};

/**
 * Selects the path that is ahead at this number of channels. All paths work in blocks that fit any device.
 *
 * @param crossings where the paths cross on this adapter, over all stages; null without a sweep
 */
export function selectPath(
  source: Source,
  channels: number,
  crossings: Crossings | null = null,
): SelectedPath {
  const words = Math.ceil(channels / 32);
  const masks = source.kind === "masks";
  const packed = masks ? "bit-packed" : "label-first";
  const unit = masks ? "mask" : "region";
  const measured = crossings?.[packed];
  if (channels <= (measured ?? DEFAULT_CROSSINGS[packed])) {
    return { path: "per-channel", reason: whyNotPacked(packed, measured, several(channels, unit)) };
  }
  return { path: packed, reason: masks ? whyBitPacked(channels, words) : whyLabels(source, channels) };
}

function whyNotPacked(packed: PathName, measured: number | undefined, of: string): string {
  if (measured === undefined) return `${of} has nothing to pack.`;
  const from = Number.isFinite(measured)
    ? `from ${Math.floor(measured) + 1} channels on`
    : "at no number of channels";
  return `Measured on this adapter, ${packed} is faster ${from}; this case has ${of}.`;
}

const several = (n: number, unit: string) => `${n} ${unit}${n === 1 ? "" : "s"}`;

function whyBitPacked(channels: number, words: number): string {
  return `${several(channels, "mask")} that may overlap have no label map; packed, they take ${several(words, "word")} per voxel instead of ${several(channels, "byte")}.`;
}

function whyLabels({ volume }: Extract<Source, { kind: "labels" }>, channels: number): string {
  const bytes = volume.indices.BYTES_PER_ELEMENT === 1 ? "one byte" : "two bytes";
  const labels = volume.palette.length;
  const background = volume.palette.includes(0) ? " (with background)" : "";
  return `${several(labels, "label")}${background} ${labels === 1 ? "fits" : "fit"} in ${bytes} per voxel, no matter how the ${channels} ${channels === 1 ? "region overlaps" : "regions overlap"}.`;
}
