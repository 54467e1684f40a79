/** Performance marks of opening a case, set once per case; tools that measure the page read them. */
import type { OpenCase } from "../state/slices/case-slice.ts";
import { useStore } from "../state/store.ts";
import type { Drawn } from "./frame-loop.ts";

const MARKS = ["first frame", "first frame with image", "grid complete"] as const;

const marked = new Map<(typeof MARKS)[number], OpenCase>();

/** Marks the first tiles drawn, with and without the image; neither waits for counts. */
export function markFrame({ hasImage }: Drawn): void {
  mark("first frame");
  if (hasImage) mark("first frame with image");
}

/** Called when nothing is left to draw: the grid is complete once it is counted too. */
export function markGrid(): void {
  if (useStore.getState().regionVoxels) mark("grid complete");
}

function mark(name: (typeof MARKS)[number]): void {
  const { openCase } = useStore.getState();
  if (!openCase || marked.get(name) === openCase) return;
  marked.set(name, openCase);
  performance.mark(name);
}
