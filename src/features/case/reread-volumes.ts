/**
 * The volumes of a case as another reader of nnU-Net gives them, or with other plans: made from those that
 * are open, not from the files.
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
import type { Reordering } from "../../domain/reader/reorder.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import type { OpenCase } from "../../state/slices/case-slice.ts";
import { reorderInWorker } from "../../workers/reader.ts";

/** What of a case depends on its reader and its plans. */
type ReadCase = Pick<OpenCase, "source" | "image" | "orientation" | "transpose" | "geometry" | "notices">;

export interface Wanted {
  /** Null leaves the one that is in use. */
  readonly reader: Reader | null;
  /** Asked for by the user. */
  readonly chosen: Reader | null;
  readonly transpose: Triple;
}

/**
 * Voxels are reordered in a worker where that is needed; grids are those of the files' headers.
 * @throws InputError where the reader puts one file of masks elsewhere than the others; the signal's reason
 * when aborted
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
  const now: CaseGeometry = { ...geometry, reader, chosen: wanted.chosen };
  return {
    source: onGrid(source, grid(labels)),
    image: image && { ...image, grid: grid(ofImage) },
    orientation: orientationBy(labels, reader),
    transpose: wanted.transpose,
    geometry: now,
    notices: noticesOf(was.notices ?? [], geometry, reader),
  };
}

/** What was said of the headers by the reader before gives way to what is to be said by this one. */
function noticesOf(before: readonly string[], geometry: CaseGeometry, reader: Reader): readonly string[] {
  const files = [labelFiles(geometry), geometry.image ? [geometry.image] : []];
  const [old, now] = [geometry.reader, reader].map((by) =>
    files.flatMap((alike) => placementNotices(alike, by)),
  );
  if (!old || !now || old.join() === now.join()) return before;
  return [...before.filter((notice) => !old.includes(notice)), ...now];
}

/** Masks of one case share a grid. */
function masksApart(mask: FileGeometry, first: FileGeometry, reader: Reader): InputError {
  return new InputError(
    mask.file,
    `${reader} puts this mask elsewhere than ${baseName(first.file)}, so the masks cannot be shown as it reads them`,
    `Copy the header of ${baseName(first.file)} to it and open them again, or choose another reader`,
  );
}

/** Of volumes that come from no file. */
async function transposed(was: ReadCase, transpose: Triple, signal: AbortSignal): Promise<ReadCase> {
  const order = (axes: Triple): AxisOrder => ({ axes, backwards: FORWARD });
  const reordering: Reordering = { ...orderBetween(order(was.transpose), order(transpose)), addend: 0 };
  const moved = await reorderInWorker(was.source, was.image, reordering, reordering, signal);
  return { ...was, ...moved, transpose };
}

function onGrid(source: Source, grid: Grid): Source {
  return source.kind === "labels"
    ? { kind: "labels", volume: { ...source.volume, grid } }
    : { kind: "masks", stack: { ...source.stack, grid } };
}
