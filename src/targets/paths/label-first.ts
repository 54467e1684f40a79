/**
 * Path `label-first`: uploads palette indices unchanged. The GPU downsamples them, at one or two bytes a
 * voxel, and looks regions up in a table while it writes the targets. Works for labels only, because masks in
 * separate channels have no palette.
 */
import { ResourceScope } from "../core/resource-scope.ts";
import type { TargetPath } from "../core/target-path.ts";
import { indexLayout, layoutBytes } from "../core/voxel-layout.ts";
import { openRun } from "./open-run.ts";

export const labelFirst: TargetPath = {
  name: "label-first",
  serves: (source) => source.kind === "labels",
  async open(gpu, input) {
    const { source, table, block, pool } = input;
    if (source.kind !== "labels" || !table) throw new Error("label-first needs a label volume.");
    const { bits, paletteSize } = table;
    const indices = source.volume.indices.subarray(block.firstVoxel, block.firstVoxel + block.voxels);
    const layout = indexLayout(indices.BYTES_PER_ELEMENT);
    const first = (block.firstChannel >>> 5) * paletteSize;
    const regions = { bits: bits.subarray(first, first + block.words * paletteSize), paletteSize };
    const scope = new ResourceScope(gpu, pool);
    const buffer = scope.storageBuffer("label-first indices", layoutBytes(layout, block.stride));
    return openRun(
      scope,
      input,
      { path: "label-first", buffer, regions, ...layout },
      {
        prepare: () => undefined,
        upload: () => gpu.write(buffer, indices),
        uploadBytes: indices.byteLength,
      },
    );
  },
};
