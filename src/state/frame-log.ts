/**
 * What the last frames cost. A store of its own: a frame must not wake everything that follows the page's
 * state.
 */
import { create } from "zustand";

export interface FrameCost {
  /** On the page's thread: encoding and submitting. */
  readonly cpuMs: number;
  /** From its start until the GPU is done with it. */
  readonly doneMs: number;
  /** Draw calls. */
  readonly draws: number;
  /** Written to the GPU since the frame before. */
  readonly uploadedBytes: number;
}

export interface FrameLog {
  /** Frames drawn since the page was opened. */
  readonly drawn: number;
  /** The last frames, oldest first, at most {@link FRAMES_KEPT}. */
  readonly last: readonly FrameCost[];
}

const FRAMES_KEPT = 60;

export const useFrameLog = create<FrameLog>()(() => ({ drawn: 0, last: [] }));

export function frameDrawn(cost: FrameCost): void {
  useFrameLog.setState(({ drawn, last }) => ({
    drawn: drawn + 1,
    last: [...last.slice(-(FRAMES_KEPT - 1)), cost],
  }));
}
