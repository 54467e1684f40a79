/** Small cases for the tests of the 3D view. */
import type { Rgb } from "../../base/oklab.ts";
import type { RegionTable } from "../../domain/dataset/region-table.ts";
import { voxelCount } from "../../domain/geometry/grid.ts";
import type { PlacedTargets } from "../../domain/targets/placed-targets.ts";
import { type PoolingRule, targetCells } from "../../domain/targets/pooling.ts";
import { downsample, maskOf } from "../../domain/targets/reference.ts";
import { poolWords } from "../../domain/testing/pool-words.ts";
import { type Source, sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { readU32 } from "../../gpu/readback.ts";
import { ResidentCase } from "../../targets/resident/resident-case.ts";
import { ResidentTargets } from "../../targets/resident/resident-targets.ts";
import type { SurfaceLayer } from "../surface3d/surface-scene.ts";

export interface SurfaceCase {
  readonly source: Source;
  /** Null for masks. */
  readonly table: RegionTable | null;
  readonly targets: PlacedTargets;
  readonly pooling?: PoolingRule;
}

/** Returns the topmost layer's colour of every voxel of a scale, by plain loops; null without a layer. */
export function colorsOf(
  testCase: SurfaceCase,
  scale: number,
  layers: readonly SurfaceLayer[],
): (Rgb | null)[] {
  const shape = testCase.targets.scales[scale]?.shape ?? [0, 0, 0];
  const colors = new Array<Rgb | null>(voxelCount(shape)).fill(null);
  for (const layer of layers)
    for (const [i, member] of maskAtScale(testCase, scale, layer).entries())
      if (member) colors[i] = layer.color;
  return colors;
}

/** Returns 1 for each voxel of a scale that a layer contains, by plain loops. */
export function maskAtScale(
  { source, table, targets, pooling }: SurfaceCase,
  scale: number,
  { channel }: SurfaceLayer,
): Uint8Array | Uint32Array {
  const placed = targets.scales[scale];
  if (!placed) throw new RangeError(`There is no scale ${scale}.`);
  const { shape, patch, mode } = targets;
  const full = maskOf(source, table, channel);
  const [cells] = targetCells(shape, patch, [placed.scale], mode);
  return pooling && cells
    ? poolWords(Uint32Array.from(full), shape, cells, pooling)
    : downsample(full, shape, placed.tables);
}

/** Uploads a case, with words if only they can be drawn. */
export async function residentOf(
  gpu: Gpu,
  { source, table, targets, pooling }: SurfaceCase,
): Promise<{ readonly shown: ResidentTargets; dispose(): void }> {
  const channels = source.kind === "masks" ? source.stack.bitPlanes.length : (table?.channels ?? 0);
  const resident = await ResidentCase.create(gpu, { source, table, channels });
  const shown = new ResidentTargets(resident, targets, pooling ?? null);
  if (shown.needsBitmap) await shown.ensureBitmap();
  return {
    shown,
    dispose() {
      shown.dispose();
      resident.dispose();
    },
  };
}

/** Reads opaque pixels from the top left corner of a texture with four bytes per pixel, one u32 each. */
export async function readTexture(
  gpu: Gpu,
  texture: GPUTexture,
  [width, height]: readonly [number, number],
): Promise<Uint32Array> {
  const bytesPerRow = Math.ceil((width * 4) / 256) * 256;
  const usage = GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC;
  const copy = gpu.buffer("texture copy", bytesPerRow * height, usage);
  try {
    gpu.submit("texture copy", (encoder) =>
      encoder.copyTextureToBuffer({ texture }, { buffer: copy.buffer, bytesPerRow }, [width, height]),
    );
    const rows = await readU32(gpu, copy);
    return Uint32Array.from(
      { length: width * height },
      (_, i) => rows[Math.floor(i / width) * (bytesPerRow / 4) + (i % width)] ?? 0,
    );
  } finally {
    copy.dispose();
  }
}

/** Moves and turns a case without changing its shape. */
export function onGrid(source: Source, toWorld: readonly number[]): Source {
  const grid = { ...sourceGrid(source), toWorld };
  return source.kind === "labels"
    ? { kind: "labels", volume: { ...source.volume, grid } }
    : { kind: "masks", stack: { ...source.stack, grid } };
}
