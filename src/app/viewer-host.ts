/**
 * Hosts a viewer on a canvas while there is a device, with its own frame loop. The owner decides what the
 * viewer is fed.
 */
import { errorMessage } from "../base/errors.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { showError } from "../state/actions/case-actions.ts";
import { frameDrawn } from "../state/frame-log.ts";
import type { ResidentTargets } from "../targets/resident/resident-targets.ts";
import type { ResidentImage } from "../viewers/shared/resident-image.ts";
import { busyWhile } from "./busy.ts";
import { FrameLoop } from "./frame-loop.ts";
import { markFrame } from "./performance-marks.ts";

/** GPU data to draw from; owned by the case sync. */
export interface ShownCase {
  readonly targets: ResidentTargets | null;
  readonly image: ResidentImage | null;
  /** The case compared with; only slice layouts use it. */
  readonly other?: ResidentTargets | null;
}

interface HostedViewer {
  readonly dirty: boolean;
  /** @returns the number of draw calls */
  encode(encoder: GPUCommandEncoder): number;
  setCase(targets: ResidentTargets | null, image: ResidentImage | null, other?: ResidentTargets | null): void;
  dispose(): void;
}

interface ViewerOwner<V extends HostedViewer> {
  /** Subject of the sentence that says what cannot be drawn. */
  readonly what: string;
  create(gpu: Gpu, canvas: HTMLCanvasElement): Promise<V>;
  /** Gives the viewer everything but the case: once it exists, and whenever something may have changed. */
  feed(viewer: V): void;
  onDrawing(drawing: boolean): void;
}

export class ViewerHost<V extends HostedViewer> {
  #gpu: Gpu | null = null;
  #canvas: HTMLCanvasElement | null = null;
  #case: ShownCase = { targets: null, image: null };
  #viewer: V | null = null;
  #loop: FrameLoop | null = null;
  /** Counts attachments, so that a viewer that arrives too late is discarded. */
  #generation = 0;
  #building: Promise<void> = Promise.resolve();

  constructor(readonly owner: ViewerOwner<V>) {}

  get viewer(): V | null {
    return this.#viewer;
  }
  get case(): ShownCase {
    return this.#case;
  }

  attach(canvas: HTMLCanvasElement): () => void {
    this.#canvas = canvas;
    this.#build();
    return () => {
      if (this.#canvas !== canvas) return;
      this.#canvas = null;
      this.#tearDown();
    };
  }

  setGpu(gpu: Gpu | null): void {
    // Before the device is released, because viewers hold resources on it.
    this.#tearDown();
    this.#gpu = gpu;
    if (!gpu) this.#case = { targets: null, image: null };
    this.#build();
  }

  setCase(
    targets: ResidentTargets | null,
    image: ResidentImage | null,
    other: ResidentTargets | null = null,
  ): void {
    this.#case = { targets, image, other };
    this.#viewer?.setCase(targets, image, other);
    this.#loop?.invalidate();
  }

  /** Call this when something that the viewer shows may have changed. */
  feed(): void {
    if (!this.#viewer) return;
    this.owner.feed(this.#viewer);
    this.#loop?.invalidate();
  }

  dispose(): void {
    this.#tearDown();
  }

  #build(): void {
    this.#tearDown();
    const [gpu, canvas] = [this.#gpu, this.#canvas];
    if (!gpu || !canvas) return;
    const generation = this.#generation;
    const current = () => generation === this.#generation;
    // One after the other: a viewer that arrives too late must release the canvas before the next one takes
    // it.
    const before = this.#building;
    this.#building = busyWhile(async () => {
      await before;
      try {
        if (!current()) return;
        const viewer = await this.owner.create(gpu, canvas);
        if (current()) this.#takeOver(gpu, viewer);
        else viewer.dispose();
      } catch (error) {
        if (current()) this.#cannotDraw(error);
      }
    });
  }

  #takeOver(gpu: Gpu, viewer: V): void {
    this.#viewer = viewer;
    this.#loop = new FrameLoop(
      gpu,
      {
        get dirty() {
          return viewer.dirty;
        },
        encode: (encoder) => ({
          draws: viewer.encode(encoder),
          hasImage: this.#case.image !== null,
        }),
      },
      {
        onDrawing: (drawing) => this.owner.onDrawing(drawing),
        onError: (error) => {
          // The failed frame was never submitted, so what it prepared does not exist.
          viewer.setCase(this.#case.targets, this.#case.image, this.#case.other);
          this.#cannotDraw(error);
        },
        onFrame: (cost, drawn) => {
          frameDrawn(cost);
          markFrame(drawn);
        },
      },
    );
    viewer.setCase(this.#case.targets, this.#case.image, this.#case.other);
    this.feed();
  }

  #cannotDraw(error: unknown): void {
    const why = errorMessage(error);
    showError(`${this.owner.what} cannot be drawn: ${why}`);
  }

  #tearDown(): void {
    this.#generation++;
    this.#loop?.stop();
    this.#viewer?.dispose();
    this.#loop = null;
    this.#viewer = null;
  }
}
