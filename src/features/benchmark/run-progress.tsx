/** Progress of a running measurement, with a button that cancels it. */
import type { RunProgress as Run } from "../../state/slices/benchmark-slice.ts";
import { CancelButton } from "./cancel-button.tsx";

interface Props {
  readonly run: Run;
  /** Accessible name of the cancel button. */
  readonly cancelLabel: string;
  readonly onCancel: () => void;
}

export function RunProgress({ run, cancelLabel, onCancel }: Props) {
  const percent = Math.round(run.fraction * 100);
  return (
    <div className="timing-progress">
      <p role="status">
        {run.step} · {percent} %
      </p>
      <progress aria-label={run.step} max={100} value={percent} />
      <CancelButton label={cancelLabel} onClick={onCancel} />
    </div>
  );
}
