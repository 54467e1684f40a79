/**
 * Path `per-channel`: the CPU makes one byte mask per channel; each is uploaded and downsampled separately.
 * The GPU packs them where targets are bits.
 */
import { ResourceScope } from "../core/resource-scope.ts";
import type { TargetPath } from "../core/target-path.ts";
import { layoutBytes, maskLayout } from "../core/voxel-layout.ts";
import { expandMasks, fillMasks } from "./cpu-encode.ts";
import { openRun } from "./open-run.ts";

export const perChannel: TargetPath = {
  name: "per-channel",
  serves: () => true,
  open(gpu, input) {
    const { source, table, block, pool } = input;
    const layout = maskLayout(block);
    const bytes = layoutBytes(layout, block.stride);
    const scope = new ResourceScope(gpu, pool);
    const scratch = new Uint8Array(scope.array(bytes));
    const masks = scope.storageBuffer("per-channel masks", bytes);
    return openRun(
      scope,
      input,
      { path: "per-channel", buffer: masks, ...layout },
      {
        prepare() {
          if (source.kind === "masks") expandMasks(source.stack, block, scratch);
          else if (table) fillMasks(source.volume, table, block, scratch);
        },
        upload: () => gpu.write(masks, scratch),
        uploadBytes: bytes,
      },
    );
  },
};
