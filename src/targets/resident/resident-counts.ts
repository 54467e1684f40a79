/** Counts the voxels of every region at every scale of resident targets, on the GPU. */
import type { PlacedTargets } from "../../domain/targets/placed-targets.ts";
import { makeDispatch, workgroups1d } from "../../gpu/dispatch.ts";
import { submitPass } from "../../gpu/encode-steps.ts";
import { gpuIdle } from "../../gpu/gpu-idle.ts";
import { readU32 } from "../../gpu/readback.ts";
import { type Slab, slicesReading } from "../../gpu/slabs.ts";
import { kernels } from "../core/kernels.ts";
import { ResourceScope } from "../core/resource-scope.ts";
import type { ResidentCase } from "./resident-case.ts";
import type { ResidentScale } from "./resident-scale.ts";

/** Voxels that one invocation of `count/palette` reads. */
const PALETTE_PER_INVOCATION = 16;
/** Voxels counted in one submission: a fraction of a second on a software adapter. */
const VOXELS_PER_SUBMISSION = 1 << 22;
/** Voxels that one workgroup of `count/words` reads. */
const WORDS_PER_GROUP = 64 * 64;

/** The part of resident targets that counting needs. */
interface Counted {
  readonly resident: ResidentCase;
  readonly targets: PlacedTargets;
  readonly scales: readonly ResidentScale[];
  readonly indexTables: GPUBuffer;
  readonly hasWords: boolean;
  wordsOf(scale: number): readonly Slab[];
}

/**
 * Makes the histogram of the palette at every scale, `[scale][palette entry]`.
 * @param known gives the voxels of a scale's entries if they need no counting
 * @throws Error when the case has no palette
 */
export async function countPalette(
  targets: Counted,
  paletteSize: number,
  known: (scale: number) => ArrayLike<number> | null = () => null,
): Promise<number[][]> {
  const { resident, scales } = targets;
  const { gpu, indices } = resident;
  if (!indices) throw new Error("A mask stack has no palette to count.");
  const scope = new ResourceScope(gpu);
  try {
    const counts = scope.storageBuffer("palette counts", scales.length * paletteSize * 4);
    const kernel = kernels.countPalette[resident.bitsPerIndex];
    const { shape } = resident.grid;
    for (const [index, scale] of scales.entries()) {
      if (known(index)) continue;
      const sliceVoxels = scale.shape[1] * scale.shape[2];
      for (const slab of indices) {
        const table = targets.targets.scales[index]?.tables[0] ?? [];
        const [low, high] = slicesReading(table, shape[1] * shape[2], slab);
        for (let first = low * sliceVoxels; first < high * sliceVoxels; first += VOXELS_PER_SUBMISSION) {
          const end = Math.min(high * sliceVoxels, first + VOXELS_PER_SUBMISSION);
          const params = scope.adopt(
            gpu.uniforms(kernel, "params", {
              in_shape: [...shape],
              end,
              out_shape: [...scale.shape],
              table_offset: scale.tableOffset,
              first,
              first_slot: index * paletteSize,
              slab_first: slab.first,
              slab_end: slab.end,
            }),
          );
          const dispatch = await makeDispatch(gpu, {
            kernel,
            params,
            buffers: [{ buffer: targets.indexTables }, slab, counts],
            workgroups: workgroups1d(Math.ceil((end - first) / PALETTE_PER_INVOCATION)),
          });
          submitPass(gpu, "count palette", [dispatch]);
          // Lets a frame in between, because a large volume takes seconds on a software adapter.
          if (end < scale.voxels) await gpuIdle(gpu);
        }
      }
    }
    const flat = await readU32(gpu, counts, scales.length * paletteSize);
    return scales.map((_, s) =>
      Array.from(known(s) ?? flat.subarray(s * paletteSize, (s + 1) * paletteSize)),
    );
  } finally {
    scope.dispose();
  }
}

/**
 * Counts regions in the words of the bitmap.
 * @throws Error when there is no bitmap yet
 */
export async function countBitmapRegions(targets: Counted): Promise<number[][]> {
  const { resident, scales } = targets;
  const { gpu, channels, words } = resident;
  if (!targets.hasWords) throw new Error("The bitmap was not encoded yet.");
  const scope = new ResourceScope(gpu);
  try {
    const counts = scope.storageBuffer("region counts", scales.length * channels * 4);
    const kernel = kernels.countWords;
    const dispatches = [];
    for (const index of scales.keys()) {
      for (const slab of targets.wordsOf(index)) {
        const voxels = slab.end - slab.first;
        const params = scope.adopt(
          gpu.uniforms(kernel, "params", {
            voxels,
            in_offset: slab.offset,
            in_stride: voxels,
            first_slot: index * channels,
            channels,
          }),
        );
        dispatches.push(
          await makeDispatch(gpu, {
            kernel,
            params,
            buffers: [slab, counts],
            workgroups: [Math.ceil(voxels / WORDS_PER_GROUP), words, 1],
          }),
        );
      }
    }
    submitPass(gpu, "count words", dispatches);
    const flat = await readU32(gpu, counts, scales.length * channels);
    return scales.map((_, s) => Array.from(flat.subarray(s * channels, (s + 1) * channels)));
  } finally {
    scope.dispose();
  }
}
