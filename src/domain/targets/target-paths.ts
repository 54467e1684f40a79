/** Names the target paths, their stages, the formats of targets and the backends. */

export const PATH_NAMES = ["per-channel", "bit-packed", "label-first"] as const;
/** A way from a label volume to targets. */
export type PathName = (typeof PATH_NAMES)[number];

export const STAGES = ["prepare", "upload", "downsample", "decode"] as const;
/** A step of a path, in the order in which they run. */
export type Stage = (typeof STAGES)[number];

export const TARGET_FORMATS = ["byte", "bit"] as const;
/** Format of targets: one byte per voxel and channel, as `torch.bool`, or one bit. */
export type TargetFormat = (typeof TARGET_FORMATS)[number];

/**
 * Writes results on the GPU: compute shaders, or render passes into attachments that are copied to buffers.
 */
export type BackendName = "compute" | "raster";
