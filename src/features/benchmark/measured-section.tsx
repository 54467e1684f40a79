/** Section of the panel with its own measurement: run button, progress and results. */
import type { ReactNode } from "react";
import type { RunProgress as Run } from "../../state/slices/benchmark-slice.ts";
import { RunProgress } from "./run-progress.tsx";

interface Props {
  readonly title: string;
  /** The measurement as its buttons name it: "sweep", "suite". */
  readonly what: string;
  readonly run: Run | null;
  readonly blocked: boolean;
  readonly onRun: () => void;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}

export function MeasuredSection({ title, what, run, blocked, onRun, onCancel, children }: Props) {
  const id = `${what}-title`;
  return (
    <section className="timing-section" aria-labelledby={id}>
      <div className="timing-subhead">
        <h3 id={id}>{title}</h3>
        <button type="button" className="button" disabled={blocked || run !== null} onClick={onRun}>
          Run {what}
        </button>
      </div>
      {run ? <RunProgress run={run} cancelLabel={`Cancel ${what}`} onCancel={onCancel} /> : null}
      {children}
    </section>
  );
}
