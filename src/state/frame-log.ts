/**
 * Costs of recent frames, in a separate store so that a frame does not notify subscribers of the page's
 * state.
 */
import { create } from "zustand";

export interface FrameCost {
  /** Encoding and submitting on the main thread. */
  readonly cpuMs: number;
  /** From the start of the frame until the GPU has finished it. */
  readonly doneMs: number;
  /** Draw calls. */
  readonly draws: number;
  /** Bytes written to the GPU since the previous frame. */
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
