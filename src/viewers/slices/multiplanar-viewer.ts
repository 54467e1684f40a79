/** Panes of slices with an optional pane of 3D on the same canvas. */
import type { Rect } from "../../base/rect.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { gpuIdle } from "../../gpu/gpu-idle.ts";
import type { ResidentTargets } from "../../targets/resident/resident-targets.ts";
import type { ResidentImage } from "../shared/resident-image.ts";
import { SurfaceRenderer } from "../surface3d/surface-renderer.ts";
import type { SurfaceView } from "../surface3d/surface-scene.ts";
import type { SliceScene } from "./slice-scene.ts";
import { SliceViewer } from "./slice-viewer.ts";

/** The 3D view without the size of its pane. */
export type SurfaceScene = Omit<SurfaceView, "sizePx">;

export class MultiplanarViewer {
  readonly #gpu: Gpu;
  readonly slices: SliceViewer;
  readonly #onSurface: (building: Promise<void>) => void;
  /** Null once it has been called. */
  #onPicture: (() => void) | null;
  #surface: SurfaceRenderer | null = null;
  #building = false;
  #disposed = false;
  #targets: ResidentTargets | null = null;
  #wanted: { readonly scene: SurfaceScene; readonly rect: Rect; readonly ratio: number } | null = null;

  private constructor(
    gpu: Gpu,
    slices: SliceViewer,
    onSurface: (building: Promise<void>) => void,
    onPicture: () => void,
  ) {
    this.#gpu = gpu;
    this.slices = slices;
    this.#onSurface = onSurface;
    this.#onPicture = onPicture;
  }

  /**
   * @param onSurface called when a build for the 3D view starts, on first use
   * @param onPicture called once the GPU has made the first picture of a case in 3D
   * @throws KernelError, or Error if the canvas provides no WebGPU context
   */
  static async create(
    gpu: Gpu,
    canvas: HTMLCanvasElement,
    onSurface: (building: Promise<void>) => void,
    onPicture: () => void = () => undefined,
  ): Promise<MultiplanarViewer> {
    return new MultiplanarViewer(gpu, await SliceViewer.create(gpu, canvas), onSurface, onPicture);
  }

  setCase(
    targets: ResidentTargets | null,
    image: ResidentImage | null,
    other: ResidentTargets | null = null,
  ): void {
    this.#targets = targets;
    this.slices.setCase(targets, image, other);
    this.#surface?.setCase(targets);
  }

  setScene(scene: SliceScene): void {
    this.slices.setScene(scene);
  }

  /** @param rect of its pane in CSS px; null for no 3D view */
  setSurface(scene: SurfaceScene, rect: Rect | null, devicePixelRatio: number): void {
    const before = this.#wanted;
    this.#wanted = rect && { scene, rect, ratio: devicePixelRatio };
    if ((before === null) !== (rect === null)) this.slices.invalidate();
    if (rect && !this.#surface && !this.#building) this.#build();
    this.#feedSurface();
  }

  /** True if the 3D view draws transparent regions opaque. */
  get onlyOpaque(): boolean {
    return this.#surface?.onlyOpaque ?? false;
  }

  get dirty(): boolean {
    return this.slices.dirty;
  }

  encode(encoder: GPUCommandEncoder, target?: GPUTextureView): number {
    return this.slices.encode(encoder, target);
  }

  /** Finds the full-size voxel whose surface is under a point of the 3D pane, in CSS px; null for none. */
  async pick(x: number, y: number): Promise<Triple | null> {
    const { rect, ratio } = this.#wanted ?? {};
    if (!this.#surface || !rect || !ratio) return null;
    return this.#surface.pick([(x - rect.x) * ratio, (y - rect.y) * ratio]);
  }

  dispose(): void {
    this.#disposed = true;
    this.slices.setGuest(null);
    this.#surface?.dispose();
    this.#surface = null;
    this.slices.dispose();
  }

  #build(): void {
    this.#building = true;
    const format = navigator.gpu.getPreferredCanvasFormat();
    this.#onSurface(
      SurfaceRenderer.create(this.#gpu, format, this.#onSurface).then((surface) => {
        if (this.#disposed) {
          surface.dispose();
          return;
        }
        this.#surface = surface;
        surface.setCase(this.#targets);
        this.#feedSurface();
        const wanted = () => this.#wanted;
        this.slices.setGuest({
          get dirty() {
            return wanted() !== null && surface.dirty;
          },
          encode: (encoder) => {
            if (!wanted()) return;
            surface.encode(encoder);
            if (this.#targets && !surface.awaits) this.#announcePicture();
          },
          draw: (pass) => {
            const now = wanted();
            if (!now) return 0;
            surface.draw(pass, devicePx(now.rect, now.ratio));
            return 1;
          },
        });
      }),
    );
  }

  /** The picture exists once the work that the caller is about to submit is done. */
  #announcePicture(): void {
    const onPicture = this.#onPicture;
    if (!onPicture) return;
    this.#onPicture = null;
    queueMicrotask(() => {
      gpuIdle(this.#gpu)
        .then(() => {
          if (!this.#disposed) onPicture();
        })
        .catch(() => undefined);
    });
  }

  #feedSurface(): void {
    const wanted = this.#wanted;
    if (!wanted || !this.#surface) return;
    const { width, height } = devicePx(wanted.rect, wanted.ratio);
    this.#surface.set({ ...wanted.scene, sizePx: [width, height] });
  }
}

function devicePx({ x, y, width, height }: Rect, ratio: number): Rect {
  const [left, top] = [Math.round(x * ratio), Math.round(y * ratio)];
  return {
    x: left,
    y: top,
    width: Math.max(1, Math.round((x + width) * ratio) - left),
    height: Math.max(1, Math.round((y + height) * ratio) - top),
  };
}
