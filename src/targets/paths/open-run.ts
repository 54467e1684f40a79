/**
 * Opens the GPU stages that all paths share: from the voxels that a path uploads to the targets of every
 * scale.
 */
import type { TargetFormat } from "../../domain/targets/target-paths.ts";
import type { Step } from "../../gpu/dispatch.ts";
import type { GpuBuffer } from "../../gpu/gpu.ts";
import { bitDecoder } from "../compute/compute-decode.ts";
import { type Block, type BlockScale, targetStride } from "../core/block.ts";
import type { ResourceScope } from "../core/resource-scope.ts";
import type { Decoder, EncodedVoxels, TargetBackend } from "../core/target-backend.ts";
import type { PathInput, PathRun, ScaleTargets, Traffic } from "../core/target-path.ts";
import { layoutBytes } from "../core/voxel-layout.ts";
import { backendFor } from "./backends.ts";

/** @param loader the path's own stages on the CPU */
export async function openRun(
  scope: ResourceScope,
  { block, format = "byte", backend: name = "compute" }: PathInput,
  encoded: EncodedVoxels,
  loader: Pick<PathRun, "prepare" | "upload" | "uploadBytes">,
): Promise<PathRun> {
  const backend = backendFor(scope.gpu, block, name);
  const scales = await downsampleScales(scope, backend, block, encoded);
  const decoder = decoderFor(scope, backend, block, encoded, format);
  const decoded = await decodeScales(block, encoded, scales.voxelsOf, decoder, format);
  return {
    ...loader,
    downsample: scales.steps,
    decode: decoded.steps,
    format,
    targets: decoded.targets,
    gpuBytes: scope.bytes,
    arrayBytes: scope.arrayBytes,
    traffic: { downsample: scales.traffic, decode: decoded.traffic },
    dispose: () => scope.dispose(),
  };
}

interface DownsampledScales {
  readonly steps: readonly Step[];
  /** Gives the voxels of the block itself for a scale that equals it. */
  readonly voxelsOf: (scale: BlockScale) => GpuBuffer;
  readonly traffic: Traffic;
}

async function downsampleScales(
  scope: ResourceScope,
  backend: TargetBackend,
  block: Block,
  encoded: EncodedVoxels,
): Promise<DownsampledScales> {
  const { steps, voxelsByScale } = await backend.downsample(scope, block, encoded);
  const bytes = [...voxelsByScale.keys()].reduce((sum, { voxels }) => sum + layoutBytes(encoded, voxels), 0);
  return {
    steps,
    voxelsOf: (scale) => voxelsByScale.get(scale) ?? encoded.buffer,
    traffic: { read: bytes, written: bytes },
  };
}

/** Null if the voxels already are the targets, as byte masks are. */
function decoderFor(
  scope: ResourceScope,
  backend: TargetBackend,
  block: Block,
  encoded: EncodedVoxels,
  format: TargetFormat,
): Decoder | null {
  if (format === "bit") return bitDecoder(scope, block, encoded);
  return encoded.kind === "masks" ? null : backend.byteDecoder(scope, block, encoded);
}

async function decodeScales(
  block: Block,
  encoded: EncodedVoxels,
  voxelsOf: DownsampledScales["voxelsOf"],
  decoder: Decoder | null,
  format: TargetFormat,
): Promise<{
  readonly steps: readonly Step[];
  readonly targets: readonly ScaleTargets[];
  readonly traffic: Traffic;
}> {
  const steps: Step[] = [];
  const targets: ScaleTargets[] = [];
  let [read, written] = [0, 0];
  for (const scale of block.scales) {
    const { voxels } = scale;
    const stride = targetStride(voxels, format);
    if (voxels === 0) targets.push({ buffer: null, voxels, stride });
    else if (!decoder) targets.push({ buffer: voxelsOf(scale), voxels, stride });
    else {
      const { buffer, step } = await decoder(scale, voxelsOf(scale));
      steps.push(step);
      targets.push({ buffer, voxels, stride });
      read += layoutBytes(encoded, voxels);
      written += (block.channels * voxels) / (format === "bit" ? 8 : 1);
    }
  }
  return { steps, targets, traffic: { read, written } };
}
