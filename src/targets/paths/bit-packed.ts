/**
 * Path `bit-packed`: the CPU packs 32 channels into a word; the GPU downsamples the words and decodes
 * channels from them.
 */
import { ResourceScope } from "../core/resource-scope.ts";
import type { TargetPath } from "../core/target-path.ts";
import { layoutBytes, wordLayout } from "../core/voxel-layout.ts";
import { fillWords, transposeMasks32 } from "./cpu-encode.ts";
import { openRun } from "./open-run.ts";

export const bitPacked: TargetPath = {
  name: "bit-packed",
  serves: () => true,
  open(gpu, input) {
    const { source, table, block, pool } = input;
    const layout = wordLayout(block);
    const bytes = layoutBytes(layout, block.stride);
    const scope = new ResourceScope(gpu, pool);
    const scratch = new Uint32Array(scope.array(bytes));
    const words = scope.storageBuffer("bit-packed words", bytes);
    return openRun(
      scope,
      input,
      { path: "bit-packed", buffer: words, ...layout },
      {
        prepare() {
          if (source.kind === "masks") transposeMasks32(source.stack, block, scratch);
          else if (table) fillWords(source.volume, table, block, scratch);
        },
        upload: () => gpu.write(words, scratch),
        uploadBytes: bytes,
      },
    );
  },
};
