/**
 * Rereads the volumes of a case for another nnU-Net reader or other plans, from the open volumes instead of
 * the files.
 */
import { InputError } from "../../base/errors.ts";
import { baseName } from "../../base/file-path.ts";
import { FORWARD, type Grid, sameGrid, type Triple } from "../../domain/geometry/grid.ts";
import {
  type AxisOrder,
  type CaseGeometry,
  type FileGeometry,
  gridBy,
  labelFiles,
  orderBetween,
  orderBy,
  orientationBy,
  placementBy,
  placementNotices,
} from "../../domain/reader/file-geometry.ts";
import type { Reader } from "../../domain/reader/reader.ts";
import { changesNothing, type Reordering } from "../../domain/reader/reorder.ts";
import { type CaseMask, unknownMask } from "../../domain/training-grid/case-mask.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import type { ReadCase } from "../../formats/intake/opened-case.ts";
import { reorderInWorker, reorderMaskInWorker } from "../../workers/reader.ts";

export interface Wanted {
  /** Null keeps the current reader. */
  readonly reader: Reader | null;
  /** The user's choice; null follows nnU-Net. */
  readonly chosen: Reader | null;
  readonly transpose: Triple;
}

/**
 * Reorders voxels in a worker if needed; grids come from the files' headers.
 * @throws InputError if the reader places one mask file elsewhere than the others; the signal's reason when
 * aborted
 */
export async function readAnew(was: ReadCase, wanted: Wanted, signal: AbortSignal): Promise<ReadCase> {
  const { geometry, transpose } = was;
  if (!geometry) return transposed(was, wanted.transpose, signal);
  const reader = wanted.reader ?? geometry.reader;
  const reordering = (file: FileGeometry): Reordering => ({
    ...orderBetween(orderBy(file, geometry.reader, transpose), orderBy(file, reader, wanted.transpose)),
    addend: placementBy(file, reader).intercept - placementBy(file, geometry.reader).intercept,
  });
  const grid = (file: FileGeometry) => gridBy(file, reader, wanted.transpose);
  const ofImage = geometry.image ?? geometry.labels;
  const { labels, moreLabels } = geometry;
  const apart = moreLabels.find((file) => !sameGrid(grid(file), grid(labels)));
  if (apart) throw masksApart(apart, labels, reader);
  const { source, image } = await reorderInWorker(
    was.source,
    was.image,
    reordering(labels),
    reordering(ofImage),
    signal,
  );
  const nonzero = await maskReread(was.nonzero ?? null, reordering(ofImage), reordering, signal);
  const now: CaseGeometry = { ...geometry, reader, chosen: wanted.chosen };
  return {
    source: onGrid(source, grid(labels)),
    image: image && { ...image, grid: grid(ofImage) },
    nonzero,
    orientation: orientationBy(labels, reader),
    transpose: wanted.transpose,
    geometry: now,
    notices: noticesOf(was.notices ?? [], geometry, reader),
  };
}

/** Replaces the notices about headers that the previous reader gave with those of this one. */
function noticesOf(before: readonly string[], geometry: CaseGeometry, reader: Reader): readonly string[] {
  const files = [labelFiles(geometry), geometry.image ? [geometry.image] : []];
  const [old, now] = [geometry.reader, reader].map((by) =>
    files.flatMap((alike) => placementNotices(alike, by)),
  );
  if (!old || !now || old.join() === now.join()) return before;
  return [...before.filter((notice) => !old.includes(notice)), ...now];
}

/** The refusal for masks of one case that do not share a grid. */
function masksApart(mask: FileGeometry, first: FileGeometry, reader: Reader): InputError {
  return new InputError(
    mask.file,
    `${reader} places this mask elsewhere than ${baseName(first.file)}, so the masks cannot be shown with this reader`,
    `Copy the header of ${baseName(first.file)} to it and open them again, or choose another reader`,
  );
}

/** Transposes volumes that come from no file. */
async function transposed(was: ReadCase, transpose: Triple, signal: AbortSignal): Promise<ReadCase> {
  const order = (axes: Triple): AxisOrder => ({ axes, backwards: FORWARD });
  const reordering: Reordering = { ...orderBetween(order(was.transpose), order(transpose)), addend: 0 };
  const moved = await reorderInWorker(was.source, was.image, reordering, reordering, signal);
  const nonzero = await maskReread(was.nonzero ?? null, reordering, () => reordering, signal);
  return { ...was, ...moved, nonzero, transpose };
}

/**
 * The mask for reordered images. It does not survive a reader that changes values, or orders the channels
 * differently: that needs the channels, of which only the first is kept.
 */
async function maskReread(
  nonzero: CaseMask | null,
  ofImage: Reordering,
  of: (file: FileGeometry) => Reordering,
  signal: AbortSignal,
): Promise<CaseMask | null> {
  if (nonzero?.kind !== "known") return nonzero;
  const isAlike = (its: Reordering) =>
    its.addend === 0 &&
    its.axes.join() === ofImage.axes.join() &&
    its.backwards.join() === ofImage.backwards.join();
  if (![ofImage, ...nonzero.moreFiles.map(of)].every(isAlike))
    return unknownMask("Open the files again: the chosen reader reads the image's channels differently.");
  if (changesNothing(ofImage)) return nonzero;
  return { ...nonzero, mask: await reorderMaskInWorker(nonzero.mask, ofImage, signal) };
}

function onGrid(source: Source, grid: Grid): Source {
  return source.kind === "labels"
    ? { kind: "labels", volume: { ...source.volume, grid } }
    : { kind: "masks", stack: { ...source.stack, grid } };
}
