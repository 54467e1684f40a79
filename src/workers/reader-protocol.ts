/** Declares the messages between the page and the reader worker. */
import type { AxisOrder } from "../domain/reader/file-geometry.ts";
import type { Reordering } from "../domain/reader/reorder.ts";
import type { NonzeroMask } from "../domain/training-grid/nonzero-mask.ts";
import type { ImageVolume } from "../domain/volume/image-volume.ts";
import type { Source } from "../domain/volume/palette-volume.ts";
import type { InputFile, OpenOptions, Progress } from "../formats/bytes/input-file.ts";
import type { Opened } from "../formats/intake/open.ts";

export type ReaderRequest =
  | { readonly kind: "open"; readonly files: readonly InputFile[]; readonly options: OpenOptions }
  | {
      readonly kind: "reorder";
      /** Null if it stays unchanged, and likewise for the image. */
      readonly source: Source | null;
      readonly image: ImageVolume | null;
      readonly ofSource: Reordering;
      readonly ofImage: Reordering;
    }
  | { readonly kind: "reorder-mask"; readonly mask: NonzeroMask; readonly order: AxisOrder };

/** The reordered volumes. */
interface Reordered {
  readonly source: Source | null;
  readonly image: ImageVolume | null;
}

export interface ReaderResults {
  readonly open: Opened;
  readonly reorder: Reordered;
  readonly "reorder-mask": { readonly mask: NonzeroMask };
}

export type ReaderNews = Progress;

/** Lists every large buffer of a result, to be transferred instead of copied. */
export function buffersOf(
  source: Source | null,
  image: ImageVolume | null,
  mask: NonzeroMask | null,
): ArrayBuffer[] {
  const arrays = [
    ...(mask ? [mask.bits] : []),
    ...(source?.kind === "labels" ? [source.volume.indices] : []),
    ...(source?.kind === "masks" ? source.stack.bitPlanes : []),
    ...(image ? [image.data] : []),
  ];
  return [...new Set(arrays.map(({ buffer }) => buffer))].filter((buffer) => buffer instanceof ArrayBuffer);
}
