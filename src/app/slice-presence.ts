/** Finds out once a case in which slices its labels or masks are, between frames, in turns too short to be felt. */
import type { Source } from "../domain/palette-volume.ts";
import { slicePresence } from "../domain/slice-presence.ts";
import { RegionSlices } from "../state/region-slices.ts";
import { useStore } from "../state/store.ts";

/** The most that one turn takes of the page's thread. */
const TURN_MS = 4;
/** A page that draws all the time is never idle: a turn comes this late at the latest. */
const SOON = { timeout: 100 } as const;
/** The first picture of a case comes first. */
const AFTER_OPENING = { timeout: 2000 } as const;

/** Starts, and starts again with every case. Returns what ends that. */
export function followSlicePresence(): () => void {
  let end: (() => void) | null = null;
  const begin = (source: Source | undefined) => {
    end?.();
    end = source && useStore.getState().slicePresence?.source !== source ? lookThrough(source) : null;
  };
  begin(useStore.getState().openCase?.source);
  const unsubscribe = useStore.subscribe((s) => s.openCase?.source, begin);
  return () => {
    unsubscribe();
    end?.();
  };
}

/** Returns what gives it up. */
function lookThrough(source: Source): () => void {
  const { workStarted, workEnded, slicePresenceArrived } = useStore.getState();
  const steps = slicePresence(source);
  let isOver = false;
  const over = () => {
    if (!isOver) workEnded();
    isOver = true;
  };
  const turn = () => {
    const untilMs = performance.now() + TURN_MS;
    do {
      const step = steps.next();
      if (step.done) {
        slicePresenceArrived(source, new RegionSlices(source, step.value));
        over();
        return;
      }
    } while (performance.now() < untilMs);
    waiting = requestIdleCallback(turn, SOON);
  };
  workStarted();
  let waiting = requestIdleCallback(turn, AFTER_OPENING);
  return () => {
    cancelIdleCallback(waiting);
    over();
  };
}
