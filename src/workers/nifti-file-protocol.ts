/**
 * Declares the messages between the page and the worker that writes NIfTI files: one request at a time, in
 * this order.
 */
import type { WrittenLabels } from "../formats/nifti/nifti-writer.ts";

export type NiftiFileRequest =
  /** All but the voxels, which follow in parts. */
  | {
      readonly kind: "begin";
      readonly labels: Omit<WrittenLabels, "indices">;
      readonly bytesPerVoxel: 1 | 2;
      readonly bytes: number;
    }
  | { readonly kind: "part"; readonly at: number; readonly bytes: ArrayBuffer }
  | { readonly kind: "write"; readonly file: string };

export interface NiftiFileResults {
  readonly begin: null;
  readonly part: null;
  readonly write: Blob;
}

/** The part that is written, 0..1. */
export type NiftiFileNews = number;
