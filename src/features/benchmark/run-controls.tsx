/** Head of the panel: starts and cancels a benchmark of the open case. */
import { useState } from "react";
import { useCommands } from "../../app/commands/commands-context.ts";
import type { TargetFormat } from "../../domain/targets/target-paths.ts";
import type { AppState } from "../../state/app-state.ts";
import { whyNoRegions } from "../../state/case/why-no-regions.ts";
import { useStore } from "../../state/store.ts";
import { Segmented } from "../../ui/controls/segmented.tsx";
import { MemoryNeeds } from "./memory-needs.tsx";
import { NumberField } from "./number-field.tsx";
import { RunProgress } from "./run-progress.tsx";

const FORMATS = [
  { value: "byte", name: "1 byte per target voxel", face: "1 byte" },
  { value: "bit", name: "1 bit per target voxel", face: "1 bit" },
] as const;

export function RunControls() {
  const commands = useCommands();
  const run = useStore((s) => s.benchmarkRun);
  const blocked = useStore((s) => blockedBecause(s) ?? runningBecause(s));
  const [repeats, setRepeats] = useState(7);
  const [batch, setBatch] = useState(2);
  const [targetFormat, setTargetFormat] = useState<TargetFormat>("byte");
  return (
    <>
      <div className="panel-head">
        <h2 id="timing-title">Timing</h2>
        <button
          type="button"
          className="button"
          disabled={blocked !== null || run !== null}
          onClick={() => commands.runBenchmark({ repeats, batch, targetFormat })}
        >
          Run comparison
        </button>
      </div>
      {run ? (
        <RunProgress run={run} cancelLabel="Cancel comparison" onCancel={() => commands.cancelBenchmark()} />
      ) : (
        <div className="timing-fields timing-run">
          <NumberField label="Repeats" value={repeats} min={1} max={99} onChange={setRepeats} />
          <NumberField label="Batch" unit="patches" value={batch} min={1} max={16} onChange={setBatch} />
          <div className="timing-field">
            <span>Target voxel</span>
            <Segmented
              label="Target format"
              options={FORMATS}
              value={targetFormat}
              onChange={setTargetFormat}
            />
          </div>
        </div>
      )}
      {blocked && !run ? <p className="timing-note">{blocked}</p> : null}
      {run ? null : <MemoryNeeds batch={batch} targetFormat={targetFormat} />}
    </>
  );
}

/** Says what else is being measured; null if nothing is. */
function runningBecause(s: AppState): string | null {
  if (s.suiteRun) return "The suite is running.";
  return s.sweepRun ? "A sweep is running." : null;
}

/** Says why nothing can be measured now; null if it can. */
export function blockedBecause(s: AppState): string | null {
  const { gpu } = s;
  const { status } = gpu;
  if (gpu.status === "unavailable") return `Timing needs a GPU. ${gpu.sentence}`;
  if (status === "starting") return "The GPU is starting.";
  if (status === "recovering") return "The GPU is being recovered.";
  if (s.openCase === null) return "Open a case to measure it.";
  return whyNoRegions(s) === null ? null : "There are no regions to measure.";
}
