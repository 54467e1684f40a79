/**
 * Path `label-first`: palette indices are uploaded as they are; the GPU downsamples them, one byte or two a
 * voxel, and looks regions up in a table while it writes the targets. Only for labels: masks that came as
 * separate channels have no palette.
 */
import { makeDispatch, type Step, workgroups1d } from "../../gpu/dispatch.ts";
import type { GpuBuffer } from "../../gpu/gpu.ts";
import { targetStride } from "../core/block.ts";
import { kernels } from "../core/kernels.ts";
import { ResourceScope } from "../core/resource-scope.ts";
import type { PathRun, ScaleTargets, TargetPath } from "../core/target-path.ts";
import { byteTable, pairTable } from "../raster/pair-table.ts";
import { DrawnTargets } from "../raster/raster-decode.ts";
import { drawDownsample } from "../raster/raster-downsample.ts";
import { drawsResults } from "../raster/raster-pass.ts";
import { decodePalette } from "./decode.ts";

export const labelFirst: TargetPath = {
  name: "label-first",
  serves: (source) => source.kind === "labels",
  async open(gpu, { source, table, block, format = "byte", design, pool }): Promise<PathRun> {
    if (source.kind !== "labels" || !table) throw new Error("label-first needs a label volume.");
    const { volume } = source;
    const bytesPerIndex = volume.indices.BYTES_PER_ELEMENT;
    const bits = bytesPerIndex === 1 ? 8 : 16;
    const from = block.firstVoxel;
    const indices = volume.indices.subarray(from, from + block.voxels);
    const base = (block.firstChannel >>> 5) * table.paletteSize;
    const blockTable = table.bits.subarray(base, base + block.words * table.paletteSize);

    const scope = new ResourceScope(gpu, pool);
    const draws = drawsResults(gpu, block, design);
    const drawn = draws && format === "byte" ? new DrawnTargets(gpu, scope, block) : null;
    const lookedUp = !drawn
      ? blockTable
      : (bits === 8 ? pairTable : byteTable)(blockTable, table.paletteSize, block.channels);
    const regionTable = scope.adopt(gpu.upload("region table", lookedUp, GPUBufferUsage.STORAGE));
    const palette = scope.storageBuffer("label-first indices", block.stride * bytesPerIndex);
    const smaller = draws
      ? await drawDownsample(gpu, scope, block, {
          kernel: kernels.drawDownsamplePalette[bits],
          label: "label-first indices of a scale",
          source: palette,
          planes: 1,
          bytesPerVoxel: bytesPerIndex === 1 ? 1 : 2,
          planar: false,
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
      let scalePalette: GpuBuffer = palette;
      const drawnPalette = smaller?.results.get(scale);
      if (drawnPalette) scalePalette = drawnPalette;
      else if (!scale.identity) {
        scalePalette = scope.storageBuffer("label-first indices of a scale", stride * bytesPerIndex);
        const kernel = kernels.downsamplePalette[bits];
        const params = scope.adopt(
          gpu.uniforms(kernel, "params", {
            in_shape: [...block.shape],
            out_voxels: voxels,
            out_shape: [...scale.shape],
            table_offset: 0,
          }),
        );
        downsample.push(
          await makeDispatch(gpu, {
            kernel,
            params,
            buffers: [scope.indexTables(scale), palette, scalePalette],
            workgroups: workgroups1d(Math.ceil(voxels / 4)),
          }),
        );
      }
      if (!scale.identity) {
        traffic.downsample.read += bytesPerIndex * voxels;
        traffic.downsample.written += bytesPerIndex * voxels;
      }
      const decoded = await decodePalette(
        { gpu, scope, block, scale, format, drawn },
        scalePalette,
        regionTable,
        {
          paletteSize: table.paletteSize,
          bits,
        },
      );
      decode.push(decoded.step);
      targets.push(decoded.targets);
      traffic.decode.read += bytesPerIndex * voxels;
      traffic.decode.written += decoded.written;
    }
    return {
      prepare: () => undefined,
      upload: () => gpu.write(palette, indices),
      downsample,
      decode,
      format,
      targets,
      uploadBytes: indices.byteLength,
      gpuBytes: scope.bytes,
      arrayBytes: scope.arrayBytes,
      traffic,
      dispose: () => scope.dispose(),
    };
  },
};
