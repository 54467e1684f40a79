/** The viewer of slice panes. */
import type { Pair } from "../../base/pair.ts";
import type { Plane, Triple } from "../../domain/geometry/grid.ts";
import { BindGroupCache } from "../../gpu/bind-group-cache.ts";
import type { Gpu, GpuBuffer } from "../../gpu/gpu.ts";
import { GrowingBuffer } from "../../gpu/growing-buffer.ts";
import { arrayBytes, uniformBytes } from "../../gpu/kernel.ts";
import type { ResidentTargets } from "../../targets/resident/resident-targets.ts";
import { fitCanvas } from "../shared/canvas-size.ts";
import { GAP_COLOR } from "../shared/grid-colors.ts";
import type { PipelineVariants } from "../shared/pipeline-variants.ts";
import type { ResidentImage } from "../shared/resident-image.ts";
import { type Sides, SliceBuffers } from "./slice-buffers.ts";
import { sliceHit, slicePannedBy, sliceZoomedAbout } from "./slice-geometry.ts";
import { slicesKernel } from "./slice-kernels.ts";
import { type LaidOutPane, layOutPanes, valuesOf, variantOf } from "./slice-layout.ts";
import { type SliceVariant, slicePipeline } from "./slice-pipeline.ts";
import type { Layer, SliceScene } from "./slice-scene.ts";
import { channelValues, frameValues, outlineColors, shownBits } from "./slice-uniforms.ts";

/** Another renderer on a part of the same canvas, such as the 3D view. */
interface CanvasGuest {
  readonly dirty: boolean;
  /** Runs before the canvas' render pass. */
  encode(encoder: GPUCommandEncoder): void;
  /** @returns the number of draw calls */
  draw(pass: GPURenderPassEncoder): number;
}

interface Shown {
  readonly sides: Sides;
  readonly image: ResidentImage | null;
}

/**
 * Draws slices of one or two cases with all shown regions over one another, any number of panes on one canvas
 * in one render pass. Reads the same buffers as the grid.
 */
export class SliceViewer {
  readonly #gpu: Gpu;
  readonly #canvas: HTMLCanvasElement;
  readonly #context: GPUCanvasContext;
  readonly #pipeline: PipelineVariants<SliceVariant>;
  readonly #buffers: SliceBuffers;
  readonly #frame: GpuBuffer;
  readonly #paneData: GrowingBuffer;
  readonly #channels: GrowingBuffer;
  readonly #shownBits: GrowingBuffer;
  readonly #outlines: GrowingBuffer;
  readonly #nothing: GpuBuffer;
  readonly #bindings: BindGroupCache;
  #shown: Shown = { sides: [null, null], image: null };
  #scene: SliceScene | null = null;
  #guest: CanvasGuest | null = null;
  /** Inputs of the written channels and bits. */
  #written: { readonly layers: readonly Layer[]; readonly words: number } | null = null;
  #dirty = true;

  private constructor(
    gpu: Gpu,
    canvas: HTMLCanvasElement,
    context: GPUCanvasContext,
    pipeline: PipelineVariants<SliceVariant>,
    buffers: SliceBuffers,
  ) {
    this.#gpu = gpu;
    this.#canvas = canvas;
    this.#context = context;
    this.#pipeline = pipeline;
    this.#buffers = buffers;
    this.#frame = gpu.uniforms(slicesKernel, "frame", {});
    this.#paneData = new GrowingBuffer(gpu, "slices");
    this.#channels = new GrowingBuffer(gpu, "slice channels");
    this.#shownBits = new GrowingBuffer(gpu, "slice shown channels");
    this.#outlines = new GrowingBuffer(gpu, "slice outlines");
    this.#nothing = gpu.buffer("slice nothing", 16, GPUBufferUsage.STORAGE);
    this.#bindings = new BindGroupCache(gpu, "slices", pipeline.layout);
  }

  /** Takes over the canvas. @throws KernelError, or Error if the canvas provides no WebGPU context. */
  static async create(gpu: Gpu, canvas: HTMLCanvasElement): Promise<SliceViewer> {
    const format = navigator.gpu.getPreferredCanvasFormat();
    const [pipeline, buffers] = await Promise.all([slicePipeline(gpu, format), SliceBuffers.create(gpu)]);
    const context = canvas.getContext("webgpu");
    if (!context) {
      buffers.dispose();
      throw new Error("This canvas gives no WebGPU context.");
    }
    context.configure({ device: gpu.device, format, alphaMode: "opaque" });
    return new SliceViewer(gpu, canvas, context, pipeline, buffers);
  }

  /**
   * Sets the case to draw; the viewer reads these buffers but does not own them.
   * @param other targets to compare with: on the same grid, with the same channels
   */
  setCase(
    targets: ResidentTargets | null,
    image: ResidentImage | null,
    other: ResidentTargets | null = null,
  ): void {
    this.#shown = { sides: [targets, other], image };
    this.#bindings.forget();
    this.#buffers.forget();
    this.#dirty = true;
  }

  /** Marks the frame dirty; drawing happens in `encode`. */
  setScene(scene: SliceScene): void {
    this.#scene = scene;
    this.#dirty = true;
  }

  setGuest(guest: CanvasGuest | null): void {
    this.#guest = guest;
    this.#dirty = true;
  }

  /** Marks the frame dirty because the guest changed. */
  invalidate(): void {
    this.#dirty = true;
  }

  get dirty(): boolean {
    return this.#dirty || (this.#guest?.dirty ?? false);
  }
  get hasImage(): boolean {
    return this.#shown.image !== null;
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
    const laid = layOutPanes(this.#shown.sides, this.#scene);
    const variant = variantOf(this.#shown.sides, this.#scene, laid, this.hasImage);
    const pipeline = this.#pipeline.pipeline(variant);
    if (!pipeline) {
      this.#dirty = true;
      return 0;
    }
    const canvas = fitCanvas(this.#gpu, this.#canvas, this.#scene);
    const panes = this.#panesOf(encoder, canvas, laid);
    this.#guest?.encode(encoder);
    const view = target ?? this.#context.getCurrentTexture().createView({ label: "slices canvas" });
    const [r, g, b] = GAP_COLOR;
    const pass = encoder.beginRenderPass({
      label: "slices",
      colorAttachments: [{ view, loadOp: "clear", storeOp: "store", clearValue: { r, g, b, a: 1 } }],
    });
    if (panes) {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, panes.bindings);
      pass.draw(4, panes.count);
    }
    const more = this.#guest?.draw(pass) ?? 0;
    pass.end();
    return (panes ? 1 : 0) + more;
  }

  /** Finds the pane and voxel under a point of the canvas in CSS px. */
  hit(xPx: number, yPx: number): { readonly pane: number; readonly voxel: Triple | null } | null {
    const grid = this.#shown.sides[0]?.resident.grid;
    const scene = this.#scene;
    if (!grid || !scene) return null;
    return sliceHit(grid, scene.panes, scene.view, scene.devicePixelRatio, xPx, yPx);
  }

  /** Returns the pane's pan after a drag by CSS px; null if there is no such pane. */
  pannedBy(index: number, by: Pair): Pair | null {
    const [scene, pane] = [this.#scene, this.#scene?.panes[index]];
    const grid = this.#shown.sides[0]?.resident.grid;
    return scene && pane && grid ? slicePannedBy(grid, pane, scene.view, scene.devicePixelRatio, by) : null;
  }

  /** Returns zoom and pan of the pane under a point after magnifying about it; null outside the panes. */
  zoomedAbout(
    at: Pair,
    factor: number,
  ): { readonly plane: Plane; readonly zoom: number; readonly panMm: Pair } | null {
    const scene = this.#scene;
    const grid = this.#shown.sides[0]?.resident.grid;
    const pane = scene?.panes[this.hit(...at)?.pane ?? -1];
    if (!scene || !grid || !pane) return null;
    const { view, devicePixelRatio } = scene;
    return { plane: pane.plane, ...sliceZoomedAbout(grid, pane, view, devicePixelRatio, at, factor) };
  }

  dispose(): void {
    this.#shown = { sides: [null, null], image: null };
    this.#bindings.forget();
    for (const owned of [
      this.#buffers,
      this.#frame,
      this.#paneData,
      this.#channels,
      this.#shownBits,
      this.#outlines,
      this.#nothing,
    ])
      owned.dispose();
    this.#context.unconfigure();
  }

  #panesOf(
    encoder: GPUCommandEncoder,
    canvas: readonly [number, number],
    laid: readonly LaidOutPane[],
  ): { readonly bindings: GPUBindGroup; readonly count: number } | null {
    const [scene, { sides, image }] = [this.#scene, this.#shown];
    const [shown] = sides;
    if (!scene || !shown || laid.length === 0) return null;
    const { words } = shown.resident;
    const places = this.#buffers.encode(
      encoder,
      sides,
      image,
      laid.map(({ slices }) => slices),
      { layers: scene.layers, stylesByEntry: scene.stylesByEntry ?? null },
      words,
    );
    this.#writeLayers(scene.layers, words);
    this.#gpu.write(
      this.#frame,
      uniformBytes(slicesKernel, "frame", frameValues(scene, canvas, words, image)),
    );
    const values = laid.map((pane, i) => valuesOf(sides, pane, places[i]));
    this.#paneData.write(arrayBytes(slicesKernel, "panes", values));
    const bindings = this.#bindings.of([
      this.#frame.buffer,
      this.#paneData.buffer,
      this.#channels.buffer,
      this.#shownBits.buffer,
      image ? this.#buffers.image : this.#nothing.buffer,
      this.#buffers.words,
      this.#buffers.composites,
      this.#outlines.buffer,
    ]);
    return { bindings, count: laid.length };
  }

  #writeLayers(layers: readonly Layer[], words: number): void {
    if (this.#written?.layers === layers && this.#written.words === words) return;
    this.#written = { layers, words };
    this.#channels.write(arrayBytes(slicesKernel, "channels", channelValues(layers, words)));
    this.#shownBits.write(shownBits(layers, words).buffer);
    this.#outlines.write(outlineColors(layers).buffer);
  }
}
