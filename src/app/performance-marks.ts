/** Performance marks of an opening, once for each case; the tools that measure the page read them. */
import type { OpenCase } from "../state/slices/case-slice.ts";
import { useStore } from "../state/store.ts";
import type { Drawn } from "./frame-loop.ts";

const MARKS = ["first frame", "first frame with image", "grid complete"] as const;

const marked = new Map<(typeof MARKS)[number], OpenCase>();

/** Tiles were drawn, and tiles with the image: neither waits for any count. */
export function markFrame({ hasImage }: Drawn): void {
  mark("first frame");
  if (hasImage) mark("first frame with image");
}

/** Nothing is left to draw: the grid is complete if it is counted too. */
export function markGrid(): void {
  if (useStore.getState().regionVoxels) mark("grid complete");
}

function mark(name: (typeof MARKS)[number]): void {
  const { openCase } = useStore.getState();
  if (!openCase || marked.get(name) === openCase) return;
  marked.set(name, openCase);
  performance.mark(name);
}
