import { useEffect, useState } from "react";
import { workEnded, workStarted } from "../../state/actions/gpu-actions.ts";

/**
 * Counts up from 0 to `last`, a step a task, while `on`: what fills a page all at once is put on it part by
 * part, so that keys and frames fit in between. The page is not idle before the last step.
 */
export function useStages(on: boolean, last: number): number {
  const [stage, setStage] = useState(0);
  useEffect(() => {
    if (!on) {
      setStage(0);
      return;
    }
    if (stage >= last) return;
    workStarted();
    const next = setTimeout(() => setStage(stage + 1));
    return () => {
      clearTimeout(next);
      workEnded();
    };
  }, [on, stage, last]);
  return on ? stage : 0;
}
