/** The viewer of the grid. */
import { BindGroupCache } from "../../gpu/bind-group-cache.ts";
import type { Gpu, GpuBuffer } from "../../gpu/gpu.ts";
import { GrowingBuffer } from "../../gpu/growing-buffer.ts";
import { arrayBytes, uniformBytes } from "../../gpu/kernel.ts";
import type { ResidentTargets } from "../../targets/resident/resident-targets.ts";
import { fitCanvas } from "../shared/canvas-size.ts";
import { entryExtractor, extractEntriesKernel, volumeOfEntries } from "../shared/entry-extractor.ts";
import { GAP_COLOR } from "../shared/grid-colors.ts";
import type { GridHit, GridLayout } from "../shared/grid-layout.ts";
import type { GridRow, GridView, LabelColors } from "../shared/grid-view.ts";
import { extractImageKernel, imageExtractor, volumeOfImage } from "../shared/image-extractor.ts";
import { LabelColorBuffer } from "../shared/label-color-buffer.ts";
import type { PlainExtractor } from "../shared/plain-extractor.ts";
import type { ResidentImage } from "../shared/resident-image.ts";
import {
  entriesStart,
  extractSliceKernel,
  extractWordsKernel,
  SliceExtractor,
  type WantedSlice,
} from "../shared/slice-extractor.ts";
import { hitAt, type ViewGeometry, viewGeometry } from "../shared/view-geometry.ts";
import {
  GRID_BUFFERS,
  type GridPipeline,
  type GridVariant,
  gridKernel,
  gridPipeline,
  prepareGrid,
} from "./grid-pipeline.ts";
import { columnValues, frameValues, rowValues, sliceOfScale, visibleRows } from "./grid-uniforms.ts";

interface TileSource {
  /** Words of every scale; null to lay out the slice's words. */
  readonly bitmap: GPUBuffer | null;
  /** Copies the slice's words from those of whole scales instead of looking them up from palette indices. */
  readonly fromWords: boolean;
  /** Null to colour by region. */
  readonly labels: LabelColors | null;
  readonly variant: GridVariant;
}

/**
 * Draws the whole grid (rows of regions, columns of scales) into one canvas with one render pass and one draw
 * call. Reads membership in place, without copies or read-back.
 */
export class GridViewer {
  readonly #gpu: Gpu;
  readonly #canvas: HTMLCanvasElement;
  readonly #context: GPUCanvasContext;
  readonly #pipeline: GridPipeline;
  readonly #extractor: SliceExtractor;
  readonly #imageExtractor: PlainExtractor;
  /** Palette entries of the full-size slice, to find marked voxels. */
  readonly #entryExtractor: PlainExtractor;
  /** Words of the slice at every scale, each followed by its palette entries while colouring by label. */
  readonly #words: GrowingBuffer;
  readonly #frame: GpuBuffer;
  /** Placeholder for buffers that a case lacks. */
  readonly #nothing: GpuBuffer;
  readonly #columnData: GrowingBuffer;
  readonly #rowData: GrowingBuffer;
  readonly #labelColors: LabelColorBuffer;
  readonly #bindings: BindGroupCache;
  /** One bit per palette entry to hatch; null to hatch nothing. */
  #hatchBits: GpuBuffer | null = null;
  #hatched: Uint32Array | null = null;
  /** Null to colour by region. */
  #labels: LabelColors | null = null;
  #targets: ResidentTargets | null = null;
  #image: ResidentImage | null = null;
  #rows: readonly GridRow[] = [];
  #layout: GridLayout | null = null;
  #view: GridView | null = null;
  #geometry: ViewGeometry | null = null;
  #dirty = true;

  private constructor(
    gpu: Gpu,
    canvas: HTMLCanvasElement,
    context: GPUCanvasContext,
    pipeline: GridPipeline,
    extractor: SliceExtractor,
    imageExtractor: PlainExtractor,
    entryExtractor: PlainExtractor,
  ) {
    this.#gpu = gpu;
    this.#canvas = canvas;
    this.#context = context;
    this.#pipeline = pipeline;
    this.#extractor = extractor;
    this.#imageExtractor = imageExtractor;
    this.#entryExtractor = entryExtractor;
    this.#frame = gpu.uniforms(gridKernel, "frame", {});
    this.#nothing = gpu.buffer("grid nothing", 16, GPUBufferUsage.STORAGE);
    this.#words = new GrowingBuffer(gpu, "grid slice words");
    this.#columnData = new GrowingBuffer(gpu, "grid columns");
    this.#rowData = new GrowingBuffer(gpu, "grid rows");
    this.#labelColors = new LabelColorBuffer(gpu);
    this.#bindings = new BindGroupCache(gpu, "grid", pipeline.layout);
  }

  /**
   * Builds in advance what every viewer on this device needs, so that the first case need not wait for it.
   * @throws KernelError
   */
  static async prepare(gpu: Gpu): Promise<void> {
    const format = navigator.gpu.getPreferredCanvasFormat();
    await Promise.all([
      prepareGrid(gpu, format),
      gpu.computePipeline(extractSliceKernel),
      gpu.computePipeline(extractImageKernel),
      gpu.computePipeline(extractWordsKernel),
      gpu.computePipeline(extractEntriesKernel),
    ]);
  }

  /** Takes over the canvas. @throws KernelError, or Error if the canvas provides no WebGPU context. */
  static async create(gpu: Gpu, canvas: HTMLCanvasElement): Promise<GridViewer> {
    const format = navigator.gpu.getPreferredCanvasFormat();
    const pipeline = await gridPipeline(gpu, format);
    const context = canvas.getContext("webgpu");
    if (!context) throw new Error("This canvas gives no WebGPU context.");
    const [extractor, image, entries] = await Promise.all([
      SliceExtractor.create(gpu),
      imageExtractor(gpu),
      entryExtractor(gpu),
    ]);
    context.configure({ device: gpu.device, format, alphaMode: "opaque" });
    return new GridViewer(gpu, canvas, context, pipeline, extractor, image, entries);
  }

  /** Sets the case to draw; the viewer reads these buffers but does not own them. */
  setCase(targets: ResidentTargets | null, image: ResidentImage | null): void {
    this.#targets = targets;
    this.#image = image;
    this.#bindings.forget();
    this.#extractor.forget();
    this.#imageExtractor.forget();
    this.#entryExtractor.forget();
    this.#changed();
  }

  /** Marks the frame dirty; drawing happens in `encode`. */
  set(props: {
    readonly rows?: readonly GridRow[];
    readonly layout?: GridLayout;
    readonly view?: GridView;
    /** Bit `p & 31` of word `p >>> 5` hatches the voxels of palette entry p. */
    readonly hatchBits?: Uint32Array | null;
    /** Fill colours by label, for voxels with labels; null to fill by region. */
    readonly labels?: LabelColors | null;
  }): void {
    if (props.layout) this.#layout = props.layout;
    if (props.view) this.#view = props.view;
    if (props.labels !== undefined) this.#labels = props.labels;
    if (props.hatchBits !== undefined && props.hatchBits !== this.#hatched) {
      this.#hatched = props.hatchBits;
      this.#hatchBits?.dispose();
      this.#hatchBits = props.hatchBits
        ? this.#gpu.upload("grid hatch bits", props.hatchBits, GPUBufferUsage.STORAGE)
        : null;
    }
    if (props.rows && props.rows !== this.#rows) {
      this.#rows = props.rows;
      this.#rowData.write(arrayBytes(gridKernel, "rows", rowValues(props.rows)));
    }
    this.#changed();
  }

  get dirty(): boolean {
    return this.#dirty;
  }

  /**
   * Draws the frame into the canvas, or into `target` (of the canvas' size and format); the caller submits.
   * While a pipeline is being built, nothing is drawn, the canvas keeps its content and the viewer stays
   * dirty.
   * @returns the number of draw calls
   * @throws KernelError if a pipeline could not be built
   */
  encode(encoder: GPUCommandEncoder, target?: GPUTextureView): number {
    this.#dirty = false;
    const source = this.#source();
    const pipeline = source && this.#pipeline.pipeline(source.variant);
    if (source && !pipeline) {
      this.#dirty = true;
      return 0;
    }
    const canvas = fitCanvas(this.#gpu, this.#canvas, this.#layout);
    const tiles = source && this.#tilesOf(encoder, canvas, source);
    const view = target ?? this.#context.getCurrentTexture().createView({ label: "grid canvas" });
    const [r, g, b] = GAP_COLOR;
    const pass = encoder.beginRenderPass({
      label: "grid",
      colorAttachments: [{ view, loadOp: "clear", storeOp: "store", clearValue: { r, g, b, a: 1 } }],
    });
    if (pipeline && tiles) {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, tiles.bindings);
      pass.draw(4, tiles.count);
    }
    pass.end();
    return pipeline && tiles ? 1 : 0;
  }

  /** Finds the voxel under a point of the canvas in CSS px; null in a gap or outside the volume. */
  hit(xPx: number, yPx: number): GridHit | null {
    const geometry = this.#currentGeometry();
    if (!geometry || !this.#targets || !this.#view) return null;
    const columns = this.#targets.scales.length;
    return hitAt(geometry, xPx, yPx, this.#view.voxel, this.#rows.length, columns);
  }

  /** Frees the viewer's buffers and releases the canvas. */
  dispose(): void {
    this.#targets = null;
    this.#image = null;
    this.#bindings.forget();
    this.#extractor.dispose();
    this.#imageExtractor.dispose();
    this.#entryExtractor.dispose();
    for (const owned of [
      this.#frame,
      this.#nothing,
      this.#words,
      this.#columnData,
      this.#rowData,
      this.#labelColors,
      this.#hatchBits,
    ])
      owned?.dispose();
    this.#context.unconfigure();
  }

  #changed(): void {
    this.#geometry = null;
    this.#dirty = true;
  }

  #currentGeometry(): ViewGeometry | null {
    if (!this.#targets || !this.#layout || !this.#view) return null;
    this.#geometry ??= viewGeometry(this.#targets.resident.grid, this.#layout, this.#view);
    return this.#geometry;
  }

  /** Decides what to draw the tiles from, and how; null if there is nothing. */
  #source(): TileSource | null {
    const [shown, view] = [this.#targets, this.#view];
    if (!shown || !view) return null;
    const packed = (view.drawFrom === "bit-packed" || shown.needsBitmap) && shown.hasWords;
    // Words that nobody has requested yet do not exist; the palette gives the same picture meanwhile.
    if (!packed && shown.needsBitmap) return null;
    // A single buffer of words is read in place.
    const bitmap = packed ? shown.bitmap : null;
    const hatched = this.#hatchBits !== null && shown.resident.indices !== null;
    // Pooled voxels and masks have no label.
    const labels = shown.needsBitmap ? null : this.#labels;
    const patched = shown.targets.patch !== null;
    const fromWords = packed && !bitmap && labels === null;
    const hatchedRows = this.#rows.some(({ inNoRegion }) => inNoRegion);
    const interpolated = view.interpolated && this.#image !== null;
    const variant = { hatched, patched, labelled: labels !== null, hatchedRows, interpolated };
    return { bitmap, fromWords, labels, variant };
  }

  /** Updates everything that the tiles read; null if no tile is in view. */
  #tilesOf(
    encoder: GPUCommandEncoder,
    canvas: readonly [number, number],
    { bitmap, fromWords, labels, variant }: TileSource,
  ): { readonly bindings: GPUBindGroup; readonly count: number } | null {
    const [geometry, shown, view] = [this.#currentGeometry(), this.#targets, this.#view];
    if (!geometry || !shown || !view) return null;
    const { targets } = shown;
    const { voxel } = view;
    const rows = visibleRows(geometry, canvas[1], this.#rows.length);
    if (rows.count === 0 || shown.scales.length === 0) return null;
    const { axes } = geometry;
    const slice = { axes, slice: voxel[axes.slice.axis] };
    if (this.#image) this.#imageExtractor.encode(encoder, volumeOfImage(this.#image), [slice]);
    const entriesOf = variant.hatched ? volumeOfEntries(shown.resident) : null;
    if (entriesOf) this.#entryExtractor.encode(encoder, entriesOf, [slice]);
    if (!bitmap || labels) {
      const wanted = slicesOf(shown, geometry, view);
      this.#extractor.encode(encoder, shown, wanted, this.#words, 0, labels !== null, fromWords);
    }
    if (labels) this.#labelColors.write(labels, shown.resident.paletteSize);
    const columns = targets.scales.flatMap((placed, s) => {
      const resident = shown.scales[s];
      const laid = this.#extractor.columns[s] ?? null;
      const extracted = bitmap ? null : laid;
      const entries = labels && laid ? entriesStart(laid, shown.resident.words) : 0;
      return resident
        ? [columnValues({ geometry, targets, placed, resident, extracted, entries, voxel })]
        : [];
    });

    const image = this.#image;
    const frame = frameValues({ geometry, view, targets: shown, image, canvas, firstRow: rows.first });
    this.#gpu.write(this.#frame, uniformBytes(gridKernel, "frame", frame));
    this.#columnData.write(arrayBytes(gridKernel, "columns", columns));

    const bindings = this.#bindGroup(bitmap ?? this.#words.buffer);
    return { bindings, count: rows.count * columns.length };
  }

  #bindGroup(words: GPUBuffer): GPUBindGroup {
    const nothing = this.#nothing.buffer;
    const buffers: Record<(typeof GRID_BUFFERS)[number], GPUBuffer> = {
      columns: this.#columnData.buffer,
      rows: this.#rowData.buffer,
      image: this.#image ? this.#imageExtractor.slices : nothing,
      words,
      slice_entries: this.#entryExtractor.slices,
      hatchBits: this.#hatchBits?.buffer ?? nothing,
      entries: this.#words.buffer,
      label_colors: this.#labelColors.buffer,
    };
    return this.#bindings.of([this.#frame.buffer, ...GRID_BUFFERS.map((name) => buffers[name])]);
  }
}

/** Returns, for every scale, the slice through the crosshair. */
function slicesOf(
  { targets, scales }: ResidentTargets,
  { axes }: ViewGeometry,
  view: GridView,
): WantedSlice[] {
  return targets.scales.map((placed, scale) => {
    const resident = scales[scale];
    const slice = resident ? sliceOfScale(targets, placed, resident, axes.slice.axis, view.voxel).index : 0;
    return { scale, axes, slice };
  });
}
