/** Panes of slices with an optional pane of 3D on the same canvas. */
import type { Rect } from "../../base/rect.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import type { ResidentTargets } from "../../targets/resident/resident-targets.ts";
import type { ResidentImage } from "../shared/resident-image.ts";
import { SolidRenderer } from "../surface3d/surface-renderer.ts";
import type { SolidView } from "../surface3d/surface-scene.ts";
import type { PanesScene } from "./slice-scene.ts";
import { PaneViewer } from "./slice-viewer.ts";

/** The 3D view without the size of its pane. */
export type SolidScene = Omit<SolidView, "sizePx">;

export class PanesWithSolid {
  readonly #gpu: Gpu;
  readonly panes: PaneViewer;
  readonly #onSolid: (building: Promise<void>) => void;
  #solid: SolidRenderer | null = null;
  #building = false;
  #disposed = false;
  #targets: ResidentTargets | null = null;
  #wanted: { readonly scene: SolidScene; readonly rect: Rect; readonly ratio: number } | null = null;

  private constructor(gpu: Gpu, panes: PaneViewer, onSolid: (building: Promise<void>) => void) {
    this.#gpu = gpu;
    this.panes = panes;
    this.#onSolid = onSolid;
  }

  /**
   * @param onSolid called when the build of the 3D view starts, on its first use
   * @throws KernelError, or Error if the canvas provides no WebGPU context
   */
  static async create(
    gpu: Gpu,
    canvas: HTMLCanvasElement,
    onSolid: (building: Promise<void>) => void,
  ): Promise<PanesWithSolid> {
    return new PanesWithSolid(gpu, await PaneViewer.create(gpu, canvas), onSolid);
  }

  setCase(
    targets: ResidentTargets | null,
    image: ResidentImage | null,
    other: ResidentTargets | null = null,
  ): void {
    this.#targets = targets;
    this.panes.setCase(targets, image, other);
    this.#solid?.setCase(targets);
  }

  setScene(scene: PanesScene): void {
    this.panes.setScene(scene);
  }

  /** @param rect of its pane in CSS px; null for no 3D view */
  setSolid(scene: SolidScene, rect: Rect | null, devicePixelRatio: number): void {
    const before = this.#wanted;
    this.#wanted = rect && { scene, rect, ratio: devicePixelRatio };
    if ((before === null) !== (rect === null)) this.panes.invalidate();
    if (rect && !this.#solid && !this.#building) this.#build();
    this.#feedSolid();
  }

  get dirty(): boolean {
    return this.panes.dirty;
  }

  encode(encoder: GPUCommandEncoder, target?: GPUTextureView): number {
    return this.panes.encode(encoder, target);
  }

  /** Finds the full-size voxel whose surface is under a point of the 3D pane, in CSS px; null for none. */
  async pick(x: number, y: number): Promise<Triple | null> {
    const { rect, ratio } = this.#wanted ?? {};
    if (!this.#solid || !rect || !ratio) return null;
    return this.#solid.pick([(x - rect.x) * ratio, (y - rect.y) * ratio]);
  }

  dispose(): void {
    this.#disposed = true;
    this.panes.setGuest(null);
    this.#solid?.dispose();
    this.#solid = null;
    this.panes.dispose();
  }

  #build(): void {
    this.#building = true;
    const format = navigator.gpu.getPreferredCanvasFormat();
    this.#onSolid(
      SolidRenderer.create(this.#gpu, format).then((solid) => {
        if (this.#disposed) {
          solid.dispose();
          return;
        }
        this.#solid = solid;
        solid.setCase(this.#targets);
        this.#feedSolid();
        const wanted = () => this.#wanted;
        this.panes.setGuest({
          get dirty() {
            return wanted() !== null && solid.dirty;
          },
          encode: (encoder) => {
            if (wanted()) solid.encode(encoder);
          },
          draw: (pass) => {
            const now = wanted();
            if (!now) return 0;
            solid.draw(pass, devicePx(now.rect, now.ratio));
            return 1;
          },
        });
      }),
    );
  }

  #feedSolid(): void {
    const wanted = this.#wanted;
    if (!wanted || !this.#solid) return;
    const { width, height } = devicePx(wanted.rect, wanted.ratio);
    this.#solid.set({ ...wanted.scene, sizePx: [width, height] });
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
