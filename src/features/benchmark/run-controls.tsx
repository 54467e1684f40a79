/** Head of the panel, or all of it if closed: starts and cancels a benchmark of the open case. */
import { create } from "zustand";
import { useCommands } from "../../app/commands/commands-context.ts";
import type { TargetFormat } from "../../domain/targets/target-paths.ts";
import { togglePanel } from "../../state/actions/view-actions.ts";
import type { AppState } from "../../state/app-state.ts";
import { whyNoRegions } from "../../state/case/why-no-regions.ts";
import { useStore } from "../../state/store.ts";
import { Segmented } from "../../ui/controls/segmented.tsx";
import { MemoryNeeds } from "./memory-needs.tsx";
import { NumberField } from "./number-field.tsx";
import { RunProgress } from "./run-progress.tsx";
import { StripProgress } from "./strip-progress.tsx";

const FORMATS = [
  { value: "byte", name: "1 byte per target voxel", face: "1 byte" },
  { value: "bit", name: "1 bit per target voxel", face: "1 bit" },
] as const;

/** They outlive the panel, which is another element when closed. */
const useRunSettings = create<{
  readonly repeats: number;
  readonly batch: number;
  readonly targetFormat: TargetFormat;
  readonly takesFocus: boolean;
}>(() => ({ repeats: 7, batch: 2, targetFormat: "byte", takesFocus: false }));

export function RunControls({ open }: { readonly open: boolean }) {
  const commands = useCommands();
  const run = useStore((s) => s.benchmarkRun);
  const blocked = useStore((s) => blockedBecause(s) ?? runningBecause(s));
  const { repeats, batch, targetFormat } = useRunSettings();
  const running = run !== null;
  const start = () => {
    if (!open) openFromStrip();
    commands.runBenchmark({ repeats, batch, targetFormat });
  };
  const button = (
    <button
      type="button"
      className="button"
      disabled={blocked !== null || running}
      aria-describedby={blocked === null ? undefined : "timing-blocked"}
      onClick={start}
    >
      Run comparison
    </button>
  );
  if (!open) {
    return (
      <div className="timing-strip">
        <h2 id="timing-title">
          <button type="button" className="timing-strip-title" onClick={() => openFromStrip()}>
            Timing
          </button>
        </h2>
        {button}
        <StripProgress />
        {blocked && !running ? (
          <p id="timing-blocked" className="visually-hidden">
            {blocked}
          </p>
        ) : null}
      </div>
    );
  }
  return (
    <>
      <div className="panel-head">
        <h2 id="timing-title">Timing</h2>
        {button}
      </div>
      {run ? (
        <RunProgress run={run} cancelLabel="Cancel comparison" onCancel={() => commands.cancelBenchmark()} />
      ) : (
        <div className="timing-fields timing-run">
          <NumberField
            label="Repeats"
            value={repeats}
            min={1}
            max={99}
            onChange={(to) => useRunSettings.setState({ repeats: to })}
          />
          <NumberField
            label="Batch"
            unit="patches"
            value={batch}
            min={1}
            max={16}
            onChange={(to) => useRunSettings.setState({ batch: to })}
          />
          <div className="timing-field">
            <span>Target voxel</span>
            <Segmented
              label="Target format"
              options={FORMATS}
              value={targetFormat}
              onChange={(to) => useRunSettings.setState({ targetFormat: to })}
            />
          </div>
        </div>
      )}
      {blocked && !running ? (
        <p id="timing-blocked" className="timing-note">
          {blocked}
        </p>
      ) : null}
      {running ? null : <MemoryNeeds batch={batch} targetFormat={targetFormat} />}
    </>
  );
}

/** The panel is another element than the strip, so the focus has to be taken there. */
function openFromStrip(): void {
  useRunSettings.setState({ takesFocus: true });
  togglePanel("right", true);
}

/** True once, when the panel has been opened from the strip. */
export function takeFocusOfStrip(): boolean {
  const { takesFocus } = useRunSettings.getState();
  if (takesFocus) useRunSettings.setState({ takesFocus: false });
  return takesFocus;
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
