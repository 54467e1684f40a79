/**
 * Occupancy of a scale: one bit per shown voxel, and the distance from empty bricks of 8 x 8 x 8 voxels to
 * the next shown voxel. It is rebuilt only when scale, shown regions or region definitions change.
 */
import type { Rgb } from "../../base/oklab.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import { strideOf } from "../../domain/geometry/transpose.ts";
import { BindGroupCache } from "../../gpu/bind-group-cache.ts";
import { workgroups1d } from "../../gpu/dispatch.ts";
import type { Gpu, GpuBuffer } from "../../gpu/gpu.ts";
import { GrowingBuffer } from "../../gpu/growing-buffer.ts";
import { type Kernel, uniformBytes } from "../../gpu/kernel.ts";
import type { Slab } from "../../gpu/slabs.ts";
import type { ResidentTargets } from "../../targets/resident/resident-targets.ts";
import { tableStart } from "../shared/table-start.ts";
import { surfaceKernels } from "./surface-kernels.ts";
import { entryColors, layerRecords } from "./surface-layers.ts";
import type { SurfaceLayer } from "./surface-scene.ts";

/** Voxels per occupancy u32 along each axis, as in occupancy-words.wgsl. */
const WORD: Triple = [2, 4, 4];
const BRICK = 8;

/** Where a scale's voxels are read from. */
export interface VoxelSource {
  readonly shown: ResidentTargets;
  readonly scale: number;
  /** Number of occupancy u32s, and of bricks, along each axis. */
  readonly grid: Triple;
  readonly bricks: Triple;
  /** Palette indices at full size, or words of the scale. */
  readonly slabs: readonly Slab[];
  readonly fromWords: boolean;
}

/** Null if there are no voxels, or while required words are missing. */
export function voxelSource(shown: ResidentTargets, scale: number): VoxelSource | null {
  const resident = shown.scales[scale];
  const slabs = shown.needsBitmap ? shown.wordsOf(scale) : shown.resident.indices;
  if (!resident || resident.voxels === 0 || !slabs || slabs.length === 0) return null;
  const parts = (size: Triple): Triple => [
    Math.ceil(resident.shape[0] / size[0]),
    Math.ceil(resident.shape[1] / size[1]),
    Math.ceil(resident.shape[2] / size[2]),
  ];
  const bricks = parts([BRICK, BRICK, BRICK]);
  return { shown, scale, grid: parts(WORD), bricks, slabs, fromWords: shown.needsBitmap };
}

/** Returns the kernels' `params` that locate voxels, for one of the slabs. */
export function sourceValues({ shown, scale, fromWords }: VoxelSource, slab: Slab) {
  const { resident } = shown;
  const placed = shown.scales[scale];
  if (!placed) throw new RangeError(`There is no scale ${scale}.`);
  return {
    stride: [...strideOf(resident.grid.shape)],
    index_shift: resident.bitsPerIndex === 16 ? 1 : 2,
    tables: ([0, 1, 2] as const).map((axis) => tableStart(placed, axis)),
    from_words: fromWords ? 1 : 0,
    shape: [...placed.shape],
    first_word: slab.offset,
    slab_first: slab.first,
    slab_end: slab.end,
    words: resident.words,
  };
}

/** Parameters and bindings for one slab. */
interface SlabPass {
  readonly params: GpuBuffer;
  readonly bindings: BindGroupCache;
}

interface Pass {
  readonly kernel: Kernel;
  readonly pipeline: GPUComputePipeline;
  readonly bindings: BindGroupCache;
}

/** Inputs of the current occupancy; a change in any of them requires a rebuild. */
interface Made {
  readonly source: VoxelSource;
  readonly version: number;
  readonly layers: readonly SurfaceLayer[];
  readonly own: readonly Rgb[] | null;
}

export class OccupancyGrid {
  readonly #gpu: Gpu;
  readonly #passes: { readonly occupancy: Pass; readonly bricks: Pass; readonly distances: readonly Pass[] };
  readonly #slabPasses: SlabPass[] = [];
  readonly #bricksParams: GpuBuffer;
  readonly #layers: GrowingBuffer;
  readonly #occupancy: GrowingBuffer;
  /** Buffers that alternate as input and output along axes 0, 1, 2. */
  readonly #distances: readonly [GrowingBuffer, GrowingBuffer];
  #made: Made | null = null;
  #layerCount = 0;

  private constructor(gpu: Gpu, pipelines: readonly { kernel: Kernel; pipeline: GPUComputePipeline }[]) {
    this.#gpu = gpu;
    const [occupancy, bricks, ...distances] = pipelines.map(
      ({ kernel, pipeline }): Pass => ({
        kernel,
        pipeline,
        bindings: new BindGroupCache(gpu, kernel.label, pipeline.getBindGroupLayout(0)),
      }),
    );
    if (!occupancy || !bricks) throw new Error("Kernels of the occupancy are missing.");
    this.#passes = { occupancy, bricks, distances };
    this.#bricksParams = gpu.uniforms(surfaceKernels.bricks, "params", {});
    this.#layers = new GrowingBuffer(gpu, "surface layers");
    this.#occupancy = new GrowingBuffer(gpu, "surface occupancy");
    this.#distances = [
      new GrowingBuffer(gpu, "surface brick distances a"),
      new GrowingBuffer(gpu, "surface brick distances b"),
    ];
  }

  /** @throws KernelError */
  static async create(gpu: Gpu): Promise<OccupancyGrid> {
    const { occupancy, bricks, distances } = surfaceKernels;
    const pipelines = [occupancy, bricks, ...distances].map(async (kernel) => ({
      kernel,
      pipeline: await gpu.computePipeline(kernel),
    }));
    return new OccupancyGrid(gpu, await Promise.all(pipelines));
  }

  /** The kernels' `layers`. */
  get layers(): GPUBuffer {
    return this.#layers.buffer;
  }
  get occupancy(): GPUBuffer {
    return this.#occupancy.buffer;
  }
  get distances(): GPUBuffer {
    return this.#distances[1].buffer;
  }
  /** Number of layers whose channels the case has. */
  get layerCount(): number {
    return this.#layerCount;
  }

  /**
   * Brings the occupancy up to date.
   * @param own colours of palette entries, instead of the layers'
   * @returns whether anything changed
   */
  encode(
    encoder: GPUCommandEncoder,
    source: VoxelSource,
    layers: readonly SurfaceLayer[],
    own: readonly Rgb[] | null = null,
  ): boolean {
    const { resident } = source.shown;
    const version = resident.regionsVersion;
    const made = this.#made;
    const isSameLook = made?.layers === layers && made.own === own;
    if (made && made.version === version && isSameLook && isSame(made.source, source)) return false;
    this.#made = { source, version, layers, own };
    const known = layers.filter(({ channel }) => channel >= 0 && channel < resident.channels);
    this.#layerCount = known.length;
    const { table } = resident;
    const records =
      source.fromWords || !table
        ? layerRecords(resident.channels, resident.words, known)
        : entryColors(table, known, own);
    this.#layers.write(records.buffer as ArrayBuffer);
    // A change of colours alone does not affect occupancy.
    if (made && made.version === version && isSame(made.source, source) && sameChannels(made.layers, layers))
      return true;
    this.#dispatchAll(encoder, source);
    return true;
  }

  /** Drops references to a case's buffers, so that they can be freed. */
  forget(): void {
    this.#made = null;
    for (const { bindings } of [...this.#allPasses(), ...this.#slabPasses]) bindings.forget();
  }

  dispose(): void {
    this.forget();
    for (const { params } of this.#slabPasses) params.dispose();
    for (const owned of [this.#bricksParams, this.#layers, this.#occupancy]) owned.dispose();
    for (const owned of this.#distances) owned.dispose();
  }

  #allPasses(): Pass[] {
    return [this.#passes.bricks, ...this.#passes.distances];
  }

  #slabPass(index: number): SlabPass {
    const known = this.#slabPasses[index];
    if (known) return known;
    const { kernel, pipeline } = this.#passes.occupancy;
    const made = {
      params: this.#gpu.uniforms(kernel, "params", {}),
      bindings: new BindGroupCache(this.#gpu, kernel.label, pipeline.getBindGroupLayout(0)),
    };
    this.#slabPasses.push(made);
    return made;
  }

  #dispatchAll(encoder: GPUCommandEncoder, source: VoxelSource): void {
    const { grid, bricks, shown, slabs } = source;
    const [wordCount, brickCount] = [product(grid), product(bricks)];
    this.#occupancy.reserve(wordCount * 4);
    for (const distances of this.#distances) distances.reserve(brickCount * 4);
    const sizes = { grid: [...grid], bricks: [...bricks] };
    this.#gpu.write(this.#bricksParams, uniformBytes(surfaceKernels.bricks, "params", sizes));

    const pass = encoder.beginComputePass({ label: "surface occupancy" });
    const run = (
      { pipeline, bindings }: Omit<Pass, "kernel">,
      buffers: readonly GPUBuffer[],
      invocations: number,
    ) => {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindings.of(buffers));
      pass.dispatchWorkgroups(...workgroups1d(invocations));
    };
    const { occupancy, bricks: brickPass, distances } = this.#passes;
    for (const [i, slab] of slabs.entries()) {
      const { params, bindings } = this.#slabPass(i);
      const values = { ...sourceValues(source, slab), grid: [...grid], is_first: i === 0 ? 1 : 0 };
      this.#gpu.write(params, uniformBytes(occupancy.kernel, "params", values));
      const inputs = [params.buffer, shown.indexTables, slab.buffer, this.#layers.buffer];
      run({ pipeline: occupancy.pipeline, bindings }, [...inputs, this.#occupancy.buffer], wordCount);
    }
    const [a, b] = this.#distances.map(({ buffer }) => buffer) as [GPUBuffer, GPUBuffer];
    const sizesBuffer = this.#bricksParams.buffer;
    run(brickPass, [sizesBuffer, this.#occupancy.buffer, a], brickCount);
    for (const [axis, distance] of distances.entries())
      run(distance, [sizesBuffer, ...(axis === 1 ? [b, a] : [a, b])], brickCount);
    pass.end();
  }
}

const product = ([a, b, c]: Triple) => a * b * c;

function isSame(a: VoxelSource, b: VoxelSource): boolean {
  return a.shown === b.shown && a.scale === b.scale && sameSlabs(a.slabs, b.slabs);
}

/** Checks whether both consist of the same buffers. */
export function sameSlabs(a: readonly Slab[] | null, b: readonly Slab[] | null): boolean {
  return (
    a === b || (a?.length === b?.length && (a ?? []).every(({ buffer }, i) => buffer === b?.[i]?.buffer))
  );
}

/** The order does not matter, because the union is the same. */
function sameChannels(a: readonly SurfaceLayer[], b: readonly SurfaceLayer[]): boolean {
  const of = (layers: readonly SurfaceLayer[]) => [...new Set(layers.map(({ channel }) => channel))].sort();
  return of(a).join() === of(b).join();
}
