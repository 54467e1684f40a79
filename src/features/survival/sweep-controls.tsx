/**
 * Controls and text of the sweep over patches: how often components survive in the patches that the loader
 * could draw.
 */
import { X } from "lucide-react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { setSweepWish, survivalSweepForgotten } from "../../state/actions/survival-actions.ts";
import { selectOriginRange, selectPatchSize, selectSweepAnswer } from "../../state/case/shown-patch.ts";
import { useStore } from "../../state/store.ts";
import { IconButton } from "../../ui/controls/icon-button.tsx";
import { Segmented } from "../../ui/controls/segmented.tsx";
import { WholeNumber } from "../view-controls/whole-number.tsx";
import { sweepPlan, sweepStatement } from "./text.ts";

const DRAWS = [
  { value: "anywhere", name: "Random patches", face: "Random" },
  { value: "foreground", name: "Patches centred on foreground", face: "Foreground" },
] as const;

const MOST_DRAWS = 1_000_000;

export function SweepControls() {
  const commands = useCommands();
  const wish = useStore((s) => s.sweepWish);
  const run = useStore((s) => s.survivalSweepRun);
  return (
    <>
      <Segmented
        label="Patches to sample"
        options={DRAWS}
        value={wish.draws}
        onChange={(draws) => setSweepWish({ draws })}
      />
      <span className="sweep-limit">
        max.
        <WholeNumber
          label="Maximum number of patches"
          value={wish.limit}
          min={1}
          max={MOST_DRAWS}
          onCommit={(limit) => setSweepWish({ limit })}
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
      <SweepWords />
    </>
  );
}

/** Text about what the sweep is doing, did or would do. */
function SweepWords() {
  const run = useStore((s) => s.survivalSweepRun);
  const answer = useStore(selectSweepAnswer);
  const wish = useStore((s) => s.sweepWish);
  const size = useStore(selectPatchSize);
  const range = useStore(selectOriginRange);
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
  if (answer) {
    return (
      <p className="survival-sentence" role="status" data-done>
        <span>
          {sweepStatement(answer)}
          {pooled ? " These statistics always use nnU-Net's sampling, regardless of pooling." : ""}
        </span>
        <IconButton icon={X} label="Clear results" onClick={forget} />
      </p>
    );
  }
  return size && range ? <p className="survival-sentence">{sweepPlan(size, range, wish)}</p> : null;
}
