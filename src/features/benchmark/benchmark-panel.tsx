/** Panel that compares the three paths on the open case and this machine; it shows only measured figures. */
import { useEffect, useRef } from "react";
import { mismatchCount } from "../../benchmark/result.ts";
import { useStore } from "../../state/store.ts";
import { CpuSection } from "./cpu-section.tsx";
import { ExportButtons } from "./export-buttons.tsx";
import { MeasuredFacts, OutdatedNote } from "./measured-facts.tsx";
import { PathList } from "./path-list.tsx";
import { ProjectionSection } from "./projection-section.tsx";
import { RunControls, takeFocusOfStrip } from "./run-controls.tsx";
import { FailedPaths, SpeedupCards } from "./speedup-cards.tsx";
import { StageBars } from "./stage-bars.tsx";
import { StageTable } from "./stage-table.tsx";
import { SuiteSection } from "./suite-section.tsx";
import { SweepSection } from "./sweep-section.tsx";
import "./benchmark.css";
import "./benchmark-results.css";
import "./benchmark-tables.css";

/**
 * Closed, it is a strip: its name, which opens it, a button that does so with a comparison, and what runs.
 */
export function TimingPanel() {
  const open = useStore((s) => s.panels.right);
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (open && takeFocusOfStrip()) section.current?.focus({ preventScroll: true });
  }, [open]);
  return (
    <section className="panel timing" aria-labelledby="timing-title" ref={section} tabIndex={-1}>
      <RunControls open={open} />
      {open ? <Measurements /> : null}
    </section>
  );
}

function Measurements() {
  const benchmark = useStore((s) => s.benchmark);
  return (
    <>
      {benchmark ? null : (
        <p className="timing-empty">
          Nothing has been measured yet. <b>Run comparison</b> builds the training targets of this case with
          each of the three paths, times each stage on this computer (<i>prepare</i>, <i>upload</i>,{" "}
          <i>downsample</i>, <i>decode</i>), and checks bit for bit that all results are identical.
        </p>
      )}
      <PathList />
      {benchmark ? (
        <>
          <OutdatedNote benchmark={benchmark} />
          <FailedPaths benchmark={benchmark} />
          <SpeedupCards benchmark={benchmark} />
          <StageBars benchmark={benchmark} />
          <StageTable benchmark={benchmark} />
          <CpuSection benchmark={benchmark} />
          <MeasuredFacts benchmark={benchmark} />
        </>
      ) : null}
      <SweepSection />
      {benchmark ? (
        <>
          {mismatchCount(benchmark) === 0 ? <ProjectionSection benchmark={benchmark} /> : null}
          <ExportButtons />
        </>
      ) : null}
      <SuiteSection />
    </>
  );
}
