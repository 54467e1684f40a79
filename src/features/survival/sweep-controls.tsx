/**
 * Controls and text of the sweep over patches: how often components survive in the patches that the loader
 * could draw.
 */
import { X } from "lucide-react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { setSweepSettings, survivalSweepForgotten } from "../../state/actions/survival-actions.ts";
import { selectPatchSize, selectSweepResult } from "../../state/case/shown-patch.ts";
import { selectSweepOrigins } from "../../state/case/sweep-origins.ts";
import { useStore } from "../../state/store.ts";
import { IconButton } from "../../ui/controls/icon-button.tsx";
import { Segmented } from "../../ui/controls/segmented.tsx";
import { WholeNumber } from "../view-controls/whole-number.tsx";
import { sweepPlan, sweepStatement } from "./text.ts";

const SAMPLE_KINDS = [
  { value: "anywhere", name: "Random patches", face: "Random" },
  { value: "foreground", name: "Patches centred on foreground", face: "Foreground" },
] as const;

const MAX_SAMPLES = 1_000_000;

export function SweepControls() {
  const commands = useCommands();
  const settings = useStore((s) => s.sweepSettings);
  const run = useStore((s) => s.survivalSweepRun);
  return (
    <>
      <Segmented
        label="Patches to sample"
        options={SAMPLE_KINDS}
        value={settings.patchSamples}
        onChange={(patchSamples) => setSweepSettings({ patchSamples })}
      />
      <span className="sweep-limit">
        max.
        <WholeNumber
          label="Maximum number of patches"
          value={settings.limit}
          min={1}
          max={MAX_SAMPLES}
          onCommit={(limit) => setSweepSettings({ limit })}
        />
      </span>
      {run ? (
        <button
          type="button"
          className="button slim sweep-button"
          aria-label="Cancel patch statistics"
          onClick={() => commands.cancelSurvivalSweep()}
        >
          Cancel
        </button>
      ) : (
        <button
          type="button"
          className="button slim sweep-button"
          aria-label="Run patch statistics"
          onClick={() => commands.runSurvivalSweep()}
        >
          Run
        </button>
      )}
      <SweepStatus />
    </>
  );
}

/** Text about what the sweep is doing, did or would do. */
function SweepStatus() {
  const run = useStore((s) => s.survivalSweepRun);
  const result = useStore(selectSweepResult);
  const settings = useStore((s) => s.sweepSettings);
  const size = useStore(selectPatchSize);
  const range = useStore(selectSweepOrigins);
  const pooled = useStore((s) => s.pooling !== null);
  const forget = survivalSweepForgotten;
  if (run) {
    const percent = Math.round(run.fraction * 100);
    return (
      <span className="survival-progress">
        <progress aria-label="Patch statistics" max={100} value={percent} />
        <span role="status">
          {percent} % · {run.step}
        </span>
      </span>
    );
  }
  if (result) {
    return (
      <p className="survival-sentence" role="status" data-done>
        <span>
          {sweepStatement(result)}
          {pooled ? " These statistics always use nnU-Net's sampling, regardless of pooling." : ""}
        </span>
        <IconButton icon={X} label="Clear results" onClick={forget} />
      </p>
    );
  }
  return size && range ? <p className="survival-sentence">{sweepPlan(size, range, settings)}</p> : null;
}
