/** Hook that renders a large view step by step, so that no task of the page's thread is long. */
import { useEffect, useState } from "react";
import { workEnded, workStarted } from "../../state/actions/gpu-actions.ts";

/**
 * While `on`, counts from 0 to `last`, one step per task, so that keys and frames are handled in between. The
 * page is not idle before the last step.
 */
export function useRenderStep(on: boolean, last: number): number {
  const [step, setStep] = useState(0);
  useEffect(() => {
    if (!on) {
      setStep(0);
      return;
    }
    if (step >= last) return;
    workStarted();
    const next = setTimeout(() => setStep(step + 1));
    return () => {
      clearTimeout(next);
      workEnded();
    };
  }, [on, step, last]);
  return on ? step : 0;
}
