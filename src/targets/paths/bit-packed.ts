/**
 * Path `bit-packed`: 32 channels a word on the CPU; words are uploaded and downsampled once, channels decoded
 * on the GPU.
 */
import { makeDispatch, type Step, workgroups1d } from "../../gpu/dispatch.ts";
import type { GpuBuffer } from "../../gpu/gpu.ts";
import { targetStride } from "../core/block.ts";
import { kernels } from "../core/kernels.ts";
import { ResourceScope } from "../core/resource-scope.ts";
import type { PathRun, ScaleTargets, TargetPath } from "../core/target-path.ts";
import { DrawnTargets } from "../raster/raster-decode.ts";
import { drawDownsample } from "../raster/raster-downsample.ts";
import { drawsResults } from "../raster/raster-pass.ts";
import { fillWords, transposeMasks32 } from "./cpu-encode.ts";
import { decodeWords } from "./decode.ts";

export const bitPacked: TargetPath = {
  name: "bit-packed",
  serves: () => true,
  async open(gpu, { source, table, block, format = "byte", design, pool }): Promise<PathRun> {
    const scope = new ResourceScope(gpu, pool);
    const scratch = new Uint32Array(scope.array(block.words * block.stride * 4));
    const words = scope.storageBuffer("bit-packed words", scratch.byteLength);
    const draws = drawsResults(gpu, block, design);
    const drawn = draws && format === "byte" ? new DrawnTargets(gpu, scope, block) : null;
    const smaller = draws
      ? await drawDownsample(gpu, scope, block, {
          kernel: kernels.drawDownsampleWords,
          label: "bit-packed words of a scale",
          source: words,
          planes: block.words,
          bytesPerVoxel: 4,
          planar: true,
        })
      : null;
    const downsample: Step[] = smaller ? [smaller.step] : [];
    const decode: Step[] = [];
    const targets: ScaleTargets[] = [];
    const traffic = { downsample: { read: 0, written: 0 }, decode: { read: 0, written: 0 } };
    for (const scale of block.scales) {
      const { voxels, stride } = scale;
      if (voxels === 0) {
        targets.push({ buffer: null, voxels, stride: targetStride(voxels, format) });
        continue;
      }
      let scaleWords: GpuBuffer = words;
      const drawnWords = smaller?.results.get(scale);
      if (drawnWords) scaleWords = drawnWords;
      else if (!scale.identity) {
        scaleWords = scope.storageBuffer("bit-packed words of a scale", block.words * stride * 4);
        const kernel = kernels.downsampleWords;
        const params = scope.adopt(
          gpu.uniforms(kernel, "params", {
            in_shape: [...block.shape],
            words: block.words,
            out_shape: [...scale.shape],
            in_stride: block.stride,
            in_offset: 0,
            out_offset: 0,
            out_stride: stride,
            table_offset: 0,
          }),
        );
        downsample.push(
          await makeDispatch(gpu, {
            kernel,
            params,
            buffers: [scope.indexTables(scale), words, scaleWords],
            workgroups: workgroups1d(Math.ceil(voxels / 4)),
          }),
        );
      }
      if (!scale.identity) {
        traffic.downsample.read += 4 * block.words * voxels;
        traffic.downsample.written += 4 * block.words * voxels;
      }
      const decoded = await decodeWords({ gpu, scope, block, scale, format, drawn }, scaleWords);
      decode.push(decoded.step);
      targets.push(decoded.targets);
      traffic.decode.read += 4 * block.words * voxels;
      traffic.decode.written += decoded.written;
    }
    return {
      prepare() {
        if (source.kind === "masks") transposeMasks32(source.stack, block, scratch);
        else if (table) fillWords(source.volume, table, block, scratch);
      },
      upload: () => gpu.write(words, scratch),
      downsample,
      decode,
      format,
      targets,
      uploadBytes: scratch.byteLength,
      gpuBytes: scope.bytes,
      arrayBytes: scope.arrayBytes,
      traffic,
      dispose: () => scope.dispose(),
    };
  },
};
