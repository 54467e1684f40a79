/** Hook that renders a large view in stages, so that no task of the page's thread is long. */
import { useEffect, useState } from "react";
import { workEnded, workStarted } from "../../state/actions/gpu-actions.ts";

/**
 * While `on`, counts from 0 to `last`, one step per task, so that keys and frames are handled in between. The
 * page is not idle before the last step.
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
