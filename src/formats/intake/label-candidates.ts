/** Decides by content which volumes are labels, masks or images. */
import { InputError, NotLabelsError } from "../../base/errors.ts";
import { distinctFileNames } from "../../base/file-path.ts";
import { cornerDistanceMm, type Grid, sameGrid } from "../../domain/geometry/grid.ts";
import { spacesMeet } from "../../domain/geometry/grid-overlap.ts";
import { looksLikeLabels } from "../../domain/volume/looks-like-image.ts";
import type { MaskStack, PaletteVolume, Source } from "../../domain/volume/palette-volume.ts";
import { folderOf, stemOf } from "../bytes/input-file.ts";
import type { Reading } from "../bytes/progress.ts";
import type { VolumeFile } from "../volume/volume-file.ts";
import { isMask, packMask, readLabels } from "./read-labels.ts";

/** A volume classified by content. Masks are stored as bits, so that a hundred of them fit into memory. */
export type Candidate =
  | {
      readonly kind: "mask";
      readonly volume: VolumeFile;
      readonly bitPlane: Uint32Array;
      /** Palette, counts and scaling of the mask. */
      readonly values: Omit<PaletteVolume, "grid" | "indices">;
    }
  | { readonly kind: "labels"; readonly volume: VolumeFile; readonly labels: PaletteVolume }
  | { readonly kind: "stack"; readonly volume: VolumeFile; readonly stack: MaskStack }
  | { readonly kind: "image"; readonly volume: VolumeFile; readonly reason: NotLabelsError };

export interface Classified {
  readonly source: Source;
  /** The file that names and colours the labels; the first of several mask files. */
  readonly from: VolumeFile;
  /** The other mask files. */
  readonly more: readonly VolumeFile[];
  /** Volumes that are not labels. */
  readonly images: readonly VolumeFile[];
}

/** @throws InputError if the volume is unreadable */
export async function examine(volume: VolumeFile, reading: Reading): Promise<Candidate> {
  try {
    const source = await readLabels(volume, reading);
    if (source.kind === "masks") return { kind: "stack", volume, stack: source.stack };
    const { palette, counts, scaled = null } = source.volume;
    return isMask(palette)
      ? { kind: "mask", volume, bitPlane: packMask(source.volume), values: { palette, counts, scaled } }
      : { kind: "labels", volume, labels: source.volume };
  } catch (error) {
    if (error instanceof NotLabelsError) return { kind: "image", volume, reason: error };
    throw error;
  }
}

/** Finds each `X.nii` beside an `X.nii.gz`, if both are certainly labels, or certainly none. */
export function copiesAmong(candidates: readonly Candidate[]): Candidate[] {
  const role = (one: Candidate) => {
    if (one.kind === "image") return "image";
    return one.kind !== "labels" || looksLikeLabels(one.labels) ? "labels" : null;
  };
  return candidates.filter((one) => {
    const compressed = candidates.find(({ volume }) => volume.file === `${one.volume.file}.gz`);
    return compressed && role(one) !== null && role(one) === role(compressed);
  });
}

/**
 * Classifies several volumes whose names do not tell their roles. Volumes of two values are masks. Of two
 * others, the image is the one with fractions or with more distinct values, unless it looks like labels.
 *
 * @param hasImage whether there is an additional image
 * @throws InputError if there are then no labels, or several label volumes
 */
export function classifyByContent(candidates: readonly Candidate[], hasImage: boolean): Classified {
  const masks = candidates.filter((c) => c.kind === "mask");
  const stacks = candidates.filter((c) => c.kind === "stack");
  const labels = candidates.filter((c) => c.kind === "labels");
  const images = candidates.filter((c) => c.kind === "image");
  const isAmong = (chosen: readonly Candidate[]) =>
    candidates.filter((c) => !chosen.includes(c)).map((c) => c.volume);

  const [stack, otherStack] = stacks;
  if (stack && !otherStack && masks.length === 0) {
    return {
      source: { kind: "masks", stack: stack.stack },
      from: stack.volume,
      more: [],
      images: isAmong([stack]),
    };
  }
  const [first, second] = [...labels].sort((a, b) => imageLikeness(a) - imageLikeness(b));
  // One volume that looks like labels may be the image of the others, unless there already is an image.
  const spare = hasImage || images.length > 0 ? 0 : 1;
  if (otherStack || stack || labels.length > (masks.length > 0 ? spare : 1 + spare)) {
    throw severalLabels(candidates.filter((c) => c.kind !== "image"));
  }
  const image = masks.length > 0 ? first : second;
  if (image && looksLikeLabels(image.labels)) throw severalLabels([...labels, ...masks]);
  if (masks.length > 0) return { ...fromMasks(masks), images: isAmong(masks) };
  if (first) {
    const source: Source = { kind: "labels", volume: first.labels };
    return {
      source,
      from: first.volume,
      more: [],
      images: [...(second ? [second.volume] : []), ...images.map((c) => c.volume)],
    };
  }
  throw images[0]?.reason ?? new Error("There is nothing to tell apart.");
}

/**
 * Combines volumes that are all known to be labels: one of any kind, or masks on one grid.
 * @throws InputError otherwise
 */
export function combineLabels(candidates: readonly Candidate[]): Omit<Classified, "images"> {
  const refused = candidates.find((c) => c.kind === "image");
  if (refused) throw refused.reason;
  const masks = candidates.filter((c) => c.kind === "mask");
  if (masks.length === candidates.length) return fromMasks(masks);
  const [only, other] = candidates;
  if (!only || other) throw severalLabels(candidates);
  return classifyByContent([only], false);
}

function fromMasks(masks: readonly Extract<Candidate, { kind: "mask" }>[]): Omit<Classified, "images"> {
  const [first, ...others] = masks;
  if (!first) throw new Error("There are no masks.");
  const { volume } = first;
  if (others.length === 0) {
    return { source: { kind: "labels", volume: unpack(first, volume.grid) }, from: volume, more: [] };
  }
  for (const other of others) {
    if (sameGrid(volume.grid, other.volume.grid)) continue;
    throw new InputError(
      other.volume.file,
      `this mask is not on the grid of ${volume.file}: ${gridsApart(other.volume, volume)}`,
      toOneGrid(other.volume, volume),
    );
  }
  const bitPlanes = masks.map(({ bitPlane }) => bitPlane);
  const names = maskNames(masks.map((mask) => mask.volume.file));
  return {
    source: { kind: "masks", stack: { grid: volume.grid, names, bitPlanes } },
    from: volume,
    more: others.map((other) => other.volume),
  };
}

/** Describes the difference between the grids of two masks. */
function gridsApart({ grid, file: one }: VolumeFile, { grid: other, file }: VolumeFile): string {
  const [own, others] = [grid.shape.join("×"), other.shape.join("×")];
  if (own !== others) {
    const [, name] = distinctFileNames([one, file]);
    return `it has ${own} voxels, but ${name} has ${others}`;
  }
  const mm = cornerDistanceMm(grid, other);
  return `both have ${own} voxels, but their corners are up to ${Number(mm.toPrecision(2))} mm apart`;
}

/** Resampling relies on the headers, so it helps only if they are right and the masks overlap. */
function toOneGrid(one: VolumeFile, other: VolumeFile): string {
  const meet = spacesMeet(one.grid, other.grid);
  const resample =
    "esample each onto the scan's grid with nearest-neighbour interpolation, then open them together";
  const areAsMany = one.grid.shape.every((length, axis) => length === other.grid.shape[axis]);
  if (!areAsMany)
    return meet ? `R${resample}` : "Open masks of one scan together: these do not overlap in space";
  const [from, to] = other.geometry.unoriented && !one.geometry.unoriented ? [one, other] : [other, one];
  const [copied, changed] = distinctFileNames([from.file, to.file]);
  const copy = `If their slices match, copy the header of ${copied} to ${changed}`;
  if (from.geometry.unoriented || to.geometry.unoriented)
    return `${copy}, otherwise restore the orientation in the header that lacks it, then open them together`;
  return meet
    ? `${copy}, otherwise r${resample}`
    : `${copy} and open them together; resampling would lose one of them`;
}

/** Returns file names without their endings; with their folders if two are equal. */
function maskNames(files: readonly string[]): string[] {
  const stems = files.map(stemOf);
  return files.map((file, i) => {
    const stem = stemOf(file);
    return stems.some((other, j) => j !== i && other === stem) ? `${folderOf(file)}${stem}` : stem;
  });
}

function unpack(mask: Extract<Candidate, { kind: "mask" }>, grid: Grid): PaletteVolume {
  const { values, bitPlane } = mask;
  const { palette, counts, scaled = null } = values;
  const voxels = grid.shape[0] * grid.shape[1] * grid.shape[2];
  const inside = Math.max(
    0,
    palette.findIndex((value) => value !== 0),
  );
  const outside = palette.length === 1 ? 0 : 1 - inside;
  const indices = new Uint8Array(voxels).fill(outside);
  for (let i = 0; i < voxels; i++) {
    if (((bitPlane[i >>> 5] as number) >>> (i & 31)) & 1) indices[i] = inside;
  }
  return { grid, palette, indices, counts, scaled };
}

/** Fractions that result from a header's scaling of integers do not indicate an image. */
function imageLikeness({ labels }: Extract<Candidate, { kind: "labels" }>): number {
  const numbers = labels.scaled?.stored ?? labels.palette;
  const fractional = numbers.some((value) => !Number.isInteger(value));
  return labels.palette.length + (fractional ? 1e6 : 0);
}

/** @param candidates two or more; those that are not masks are named first */
function severalLabels(candidates: readonly Candidate[]): InputError {
  const named = candidates.toSorted((a, b) => Number(a.kind === "mask") - Number(b.kind === "mask"));
  const [first, second] = named.map(({ volume }) => volume.file);
  return new InputError(
    first ?? "labels",
    `it and ${second ?? "another file"} are both label volumes, but a case has only one`,
    "Open one of them, then choose Compare to open the other, or open several masks with two values each",
  );
}
