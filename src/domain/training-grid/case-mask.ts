/** The nonzero mask of a case: from all channels of its image, or the reason why it is not known. */
import { plural } from "../../base/format-numbers.ts";
import { namedChannels } from "../dataset/channel-names.ts";
import type { DatasetDefinition } from "../dataset/dataset-definition.ts";
import type { Triple } from "../geometry/grid.ts";
import type { FileGeometry } from "../reader/file-geometry.ts";
import type { NonzeroMask } from "./nonzero-mask.ts";

/** The mask that the reader worker made; its axes are those of the image. */
export type CaseMask =
  | {
      readonly kind: "known";
      readonly mask: NonzeroMask;
      /** Number of channels that were read. */
      readonly channels: number;
      /** Files of the channels after the first; empty if one file has all. */
      readonly moreFiles: readonly FileGeometry[];
    }
  | UnknownMask;

interface UnknownMask {
  readonly kind: "unknown";
  /** One sentence. */
  readonly reason: string;
}

export const unknownMask = (reason: string): UnknownMask => ({ kind: "unknown", reason });

/**
 * The mask that applies to a case's labels. nnU-Net refuses a case whose image has another shape than the
 * labels or other channels than dataset.json names.
 *
 * @param shape of the labels
 */
export function maskFor(
  mask: CaseMask | null,
  shape: Triple,
  definition: DatasetDefinition | null,
): CaseMask {
  if (!mask) return unknownMask("No image is open.");
  if (mask.kind === "unknown") return mask;
  const named = definition && namedChannels(definition);
  if (definition && named && named !== mask.channels) {
    return unknownMask(
      `${definition.channels?.key ?? "channel_names"} has ${plural(named, "channel")}, but the image that is open has ${mask.channels}.`,
    );
  }
  const isSameShape = mask.mask.shape.every((length, axis) => length === shape[axis]);
  if (isSameShape) return mask;
  return unknownMask(
    `The image has ${mask.mask.shape.join("×")} voxels, but the labels have ${shape.join("×")}.`,
  );
}
