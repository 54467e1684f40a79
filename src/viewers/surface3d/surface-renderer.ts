/**
 * Renders surfaces of any set of regions in 3D, marched from the case's data on the GPU, without meshes and
 * at any scale. The picture is kept in a texture and rebuilt only when something changes.
 */

import { memo } from "../../base/memo.ts";
import type { Rgb } from "../../base/oklab.ts";
import type { Size } from "../../base/pair.ts";
import type { RegionTable } from "../../domain/dataset/region-table.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { gpuIdle } from "../../gpu/gpu-idle.ts";
import { GrowingBuffer } from "../../gpu/growing-buffer.ts";
import type { Slab } from "../../gpu/slabs.ts";
import type { ResidentTargets } from "../../targets/resident/resident-targets.ts";
import { AdaptiveResolution } from "./adaptive-resolution.ts";
import { OccupancyGrid, sameSlabs, sourceValues, type VoxelSource, voxelSource } from "./occupancy-grid.ts";
import { type RaySetup, raySetup } from "./ray-setup.ts";
import { type Marching, RaymarchPass, type SurfacePipelines, surfacePipelines } from "./raymarch-pass.ts";
import { opacityOf, transparentRecords } from "./surface-layers.ts";
import type { SurfaceLayer, SurfaceView } from "./surface-scene.ts";

interface PaneRectPx {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Bytes per row when copying a texture to a buffer. */
const COPY_ROW = 256;

export class SurfaceRenderer {
  readonly #gpu: Gpu;
  readonly #occupancy: OccupancyGrid;
  /** Of the opaque layers alone, while others are transparent. */
  readonly #opaque: OccupancyGrid;
  /** Of labels, while some layers are transparent. */
  readonly #transparentLayers: GrowingBuffer;
  #transparentCounts = { layer_count: 0, layer_words: 0 };
  readonly #picture: RaymarchPass;
  readonly #quality: AdaptiveResolution;
  #shown: ResidentTargets | null = null;
  #view: SurfaceView | null = null;
  /** The layers in their latest order and colours; stays the same list while nothing in it changes. */
  #layers: readonly SurfaceLayer[] = [];
  /** Inputs of the picture that the view does not contain: regions and words. */
  #madeFrom: ReturnType<typeof stateOf> | null = null;
  #pictured: { readonly shown: ResidentTargets; readonly scale: number } | null = null;
  #dirty = false;
  /** What the next picture needs and is being built; the last picture stays until then, or if that fails. */
  #awaited: Marching | null = null;
  #onlyOpaque = false;
  #measuring = false;
  #disposed = false;

  private constructor(
    gpu: Gpu,
    occupancy: OccupancyGrid,
    opaque: OccupancyGrid,
    pipelines: SurfacePipelines,
  ) {
    this.#gpu = gpu;
    this.#occupancy = occupancy;
    this.#opaque = opaque;
    this.#transparentLayers = new GrowingBuffer(gpu, "surface transparent layers");
    this.#picture = new RaymarchPass(gpu, pipelines);
    this.#quality = new AdaptiveResolution(gpu.adapter.software ? 3 : 1);
  }

  /**
   * Builds the pipelines once per device and format.
   * @param onBuilding called with the build of a pipeline that only some pictures need; draw when it is done
   * @throws KernelError
   */
  static async create(
    gpu: Gpu,
    format: GPUTextureFormat,
    onBuilding: (building: Promise<void>) => void = () => undefined,
  ): Promise<SurfaceRenderer> {
    const [occupancy, opaque, pipelines] = await Promise.all([
      OccupancyGrid.create(gpu),
      OccupancyGrid.create(gpu),
      surfacePipelines(gpu, format, onBuilding),
    ]);
    return new SurfaceRenderer(gpu, occupancy, opaque, pipelines);
  }

  /** Sets the case to draw; the renderer reads its buffers but does not own them. */
  setCase(shown: ResidentTargets | null): void {
    this.#shown = shown;
    this.#pictured = null;
    this.#occupancy.forget();
    this.#opaque.forget();
    this.#picture.forget();
    this.#awaited = null;
    this.#dirty = true;
  }

  /** Drawing happens in `encode`. Setting the current view again changes nothing. */
  set(view: SurfaceView): void {
    if (!sameLayers(view.layers, this.#layers)) {
      this.#layers = view.layers;
      this.#dirty = true;
    }
    if (!this.#view || !sameView(view, this.#view)) this.#dirty = true;
    if ((view.entryColors ?? null) !== (this.#view?.entryColors ?? null)) this.#dirty = true;
    this.#view = view;
    if (this.#dirty) this.#awaited = null;
  }

  /** Tells whether the picture is outdated; changed regions and newly made words count as well. */
  get dirty(): boolean {
    if (!this.#view) return false;
    if (this.awaits) return false;
    if (this.#dirty) return true;
    const [made, shown] = [this.#madeFrom, this.#shown];
    return made !== null && shown !== null && !sameAs(made, stateOf(shown, made.scale));
  }

  /** Marches the picture if something changed; the caller submits. Never waits. */
  encode(encoder: GPUCommandEncoder): void {
    const [view, shown] = [this.#view, this.#shown];
    if (!view || !this.dirty) return;
    const size = this.#sizeOf(view);
    const divisor = view.interacting ? this.#quality.divisor(size[0] * size[1]) : 1;
    const drawn: Size = [Math.ceil(size[0] / divisor), Math.ceil(size[1] / divisor)];
    const scene = shown && this.#sceneOf(encoder, shown, view, drawn);
    if (this.#awaited) return;
    this.#dirty = false;
    this.#madeFrom = shown && stateOf(shown, view.scale);
    this.#pictured = scene && shown && { shown, scale: view.scale };
    this.#picture.encode(encoder, { size, drawn, background: view.background, scene });
    if (scene && !scene.isNew) this.#measure(drawn[0] * drawn[1]);
  }

  /** Draws the picture into a rectangle (device px) of a running pass, and leaves the viewport set to it. */
  draw(pass: GPURenderPassEncoder, rect: PaneRectPx): void {
    this.#picture.draw(pass, rect);
  }

  /** True while the picture is old because the pipeline of the new one does not exist. */
  get awaits(): boolean {
    return this.#awaited !== null && !this.#picture.pipeline(this.#awaited);
  }

  /** True if transparent layers are drawn opaque, because the voxels lie in several buffers. */
  get onlyOpaque(): boolean {
    return this.#onlyOpaque;
  }

  /** The picture and its size in texels, for tests; null before the first. */
  get picture(): { readonly color: GPUTexture; readonly drawn: Size } | null {
    const { color, drawn } = this.#picture;
    return color && { color, drawn };
  }

  /**
   * Finds the full-size voxel whose surface the newest picture shows at a point of the pane (device px); null
   * for the background. At a coarser scale, returns the sampled voxel.
   */
  async pick([x, y]: Size): Promise<Triple | null> {
    const [view, pictured, { drawn, hits }] = [this.#view, this.#pictured, this.#picture];
    if (!view || !pictured || !hits) return null;
    const size = this.#sizeOf(view);
    const texel = [Math.floor((x * drawn[0]) / size[0]), Math.floor((y * drawn[1]) / size[1])] as const;
    if (texel.some((at, side) => !(at >= 0 && at < (drawn[side] ?? 0)))) return null;
    const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
    const staging = this.#gpu.buffer("surface pick", COPY_ROW, usage);
    try {
      this.#gpu.submit("surface pick", (encoder) =>
        encoder.copyTextureToBuffer(
          { texture: hits, origin: [...texel] },
          { buffer: staging.buffer, bytesPerRow: COPY_ROW },
          [1, 1],
        ),
      );
      await staging.buffer.mapAsync(GPUMapMode.READ, 0, 4);
      const [hit = 0] = new Uint32Array(staging.buffer.getMappedRange(0, 4));
      return hit === 0 ? null : sampledVoxel(pictured.shown, pictured.scale, hit - 1);
    } finally {
      staging.dispose();
    }
  }

  /** Frees the renderer's buffers and textures. */
  dispose(): void {
    this.#disposed = true;
    this.#shown = null;
    this.#pictured = null;
    this.#occupancy.dispose();
    this.#opaque.dispose();
    this.#transparentLayers.dispose();
    this.#picture.dispose();
  }

  #sizeOf({ sizePx }: SurfaceView): Size {
    const most = this.#gpu.device.limits.maxTextureDimension2D;
    const side = (px: number) => Math.min(most, Math.max(1, Math.round(px)));
    return [side(sizePx[0]), side(sizePx[1])];
  }

  #sceneOf(encoder: GPUCommandEncoder, shown: ResidentTargets, view: SurfaceView, drawn: Size) {
    this.#awaited = null;
    this.#onlyOpaque = false;
    const source = voxelSource(shown, view.scale);
    const placed = shown.targets.scales[view.scale];
    if (!source || !placed || this.#layers.length === 0) return null;
    const rays = raySetup(shown.resident.grid, shown.targets, placed, view, drawn);
    if (!rays) return null;
    const isTransparent = this.#layers.some((layer) => opacityOf(layer) < 1);
    // A ray through transparent layers reads voxels of any slab.
    this.#onlyOpaque = isTransparent && source.slabs.length > 1;
    const how: Marching = {
      transparent: isTransparent && !this.#onlyOpaque,
      clip: ([0, 1, 2] as const).every((axis) => rays.clip.low[axis] < rays.clip.high[axis]),
    };
    const pipeline = this.#picture.pipeline(how);
    this.#awaited = pipeline ? null : how;
    if (!pipeline) return null;
    const own = view.entryColors ?? null;
    const isNew = this.#occupancy.encode(encoder, source, this.#layers, own);
    if (how.transparent) return this.#transparentScene(encoder, source, rays, view, { how, pipeline, isNew });
    const { layers, occupancy, distances, layerCount } = this.#occupancy;
    return {
      isNew,
      how,
      pipeline,
      parts: source.slabs.map((slab) => ({
        params: { ...marchValues(source, slab, rays, view.background), layer_count: layerCount },
        buffers: [shown.indexTables, slab.buffer, layers, occupancy, distances],
      })),
    };
  }

  #transparentScene(
    encoder: GPUCommandEncoder,
    source: VoxelSource,
    rays: RaySetup,
    view: SurfaceView,
    { how, pipeline, isNew }: { how: Marching; pipeline: GPURenderPipeline; isNew: boolean },
  ) {
    const { resident, indexTables } = source.shown;
    const own = view.entryColors ?? null;
    // Depends on nothing that the occupancy of all layers does not depend on.
    this.#opaque.encode(encoder, source, opaqueOf(this.#layers), own);
    const table = source.fromWords ? null : resident.table;
    if (table && isNew) this.#writeTransparent(table, own);
    const { layers, layerCount, occupancy, distances } = this.#occupancy;
    const counts = table ? this.#transparentCounts : { layer_count: layerCount, layer_words: 0 };
    return {
      isNew,
      how,
      pipeline,
      parts: source.slabs.map((slab) => ({
        params: { ...marchValues(source, slab, rays, view.background), ...counts },
        buffers: [
          indexTables,
          slab.buffer,
          table ? this.#transparentLayers.buffer : layers,
          occupancy,
          distances,
          this.#opaque.occupancy,
        ],
      })),
    };
  }

  #writeTransparent(table: RegionTable, own: readonly Rgb[] | null): void {
    const { records, layerCount, layerWords } = transparentRecords(table, this.#layers, own);
    this.#transparentLayers.write(records.buffer as ArrayBuffer);
    this.#transparentCounts = { layer_count: layerCount, layer_words: layerWords };
  }

  /** Measures the GPU time of the work that the caller is about to submit; nothing waits for it. */
  #measure(pixels: number): void {
    if (this.#measuring) return;
    this.#measuring = true;
    const start = performance.now();
    queueMicrotask(() => {
      gpuIdle(this.#gpu)
        .then(() => {
          if (!this.#disposed) this.#quality.measured(pixels, performance.now() - start);
        })
        .catch(() => undefined)
        .finally(() => {
          this.#measuring = false;
        });
    });
  }
}

function marchValues(source: VoxelSource, slab: Slab, rays: RaySetup, background: Rgb) {
  return {
    ...sourceValues(source, slab),
    origin: [...rays.origin],
    right: [...rays.right],
    down: [...rays.down],
    direction: [...rays.direction],
    inverse: rays.direction.map((d) => 1 / d),
    depth: rays.depthMm,
    clip_low: [...rays.clip.low],
    clip_high: [...rays.clip.high],
    grid: [...source.grid],
    bricks: [...source.bricks],
    to_right: [...rays.gradient.right],
    to_up: [...rays.gradient.up],
    to_viewer: [...rays.gradient.toward],
    background: [...background],
  };
}

/** The same list for the same layers, so that their occupancy is not made anew. */
const opaqueOf = memo(
  (layers: readonly SurfaceLayer[]) => [layers],
  (layers) => layers.filter((layer) => opacityOf(layer) === 1),
);

/** Inputs of the picture that `set` does not pass. */
function stateOf(shown: ResidentTargets, scale: number) {
  const slabs = shown.needsBitmap ? shown.wordsOf(scale) : shown.resident.indices;
  return { version: shown.resident.regionsVersion, scale, slabs };
}

function sameAs(a: ReturnType<typeof stateOf>, b: ReturnType<typeof stateOf>): boolean {
  return a.version === b.version && sameSlabs(a.slabs, b.slabs);
}

/** Returns the full-size voxel that a voxel of a scale is copied from. */
function sampledVoxel({ targets }: ResidentTargets, scale: number, index: number): Triple | null {
  const placed = targets.scales[scale];
  if (!placed) return null;
  const [, height, width] = placed.shape;
  const row = Math.floor(index / width);
  const at = [Math.floor(row / height), row % height, index % width] as const;
  const source = (axis: 0 | 1 | 2) => placed.tables[axis][at[axis]] ?? 0;
  return [source(0), source(1), source(2)];
}

function sameLayers(a: readonly SurfaceLayer[], b: readonly SurfaceLayer[]): boolean {
  return (
    a === b ||
    (a.length === b.length &&
      a.every((layer, i) => {
        const other = b[i];
        return (
          other !== undefined &&
          layer.channel === other.channel &&
          opacityOf(layer) === opacityOf(other) &&
          sameNumbers(layer.color, other.color)
        );
      }))
  );
}

function sameView(a: SurfaceView, b: SurfaceView): boolean {
  const isClipped = a.clip.some((side) => side !== "none");
  return (
    a.scale === b.scale &&
    a.interacting === b.interacting &&
    a.clip.join() === b.clip.join() &&
    (!isClipped || sameNumbers(a.voxel, b.voxel)) &&
    sameNumbers(a.background, b.background) &&
    sameNumbers(a.sizePx, b.sizePx) &&
    sameNumbers(a.camera.rotation, b.camera.rotation) &&
    sameNumbers(a.camera.focusMm, b.camera.focusMm) &&
    a.camera.spanMm === b.camera.spanMm
  );
}

function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((n, i) => n === b[i]);
}
