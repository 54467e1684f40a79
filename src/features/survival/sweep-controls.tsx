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
  { value: "anywhere", name: "Patches anywhere", face: "anywhere" },
  { value: "foreground", name: "Patches centred on foreground", face: "foreground" },
] as const;

const MOST_DRAWS = 1_000_000;

export function SweepControls() {
  const commands = useCommands();
  const wish = useStore((s) => s.sweepWish);
  const run = useStore((s) => s.survivalSweepRun);
  return (
    <>
      <Segmented
        label="Draws of the sweep"
        options={DRAWS}
        value={wish.draws}
        onChange={(draws) => setSweepWish({ draws })}
      />
      <span className="sweep-limit">
        at most
        <WholeNumber
          label="Draws, at most"
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
          aria-label="Cancel the sweep over patches"
          onClick={() => commands.cancelSurvivalSweep()}
        >
          Cancel
        </button>
      ) : (
        <button
          type="button"
          className="button slim sweep-button"
          onClick={() => commands.runSurvivalSweep()}
        >
          Sweep
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
        <progress aria-label="Sweep over patches" max={100} value={percent} />
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
          {pooled ? " It samples as nnU-Net does, whatever the pooling." : ""}
        </span>
        <IconButton icon={X} label="Forget the sweep" onClick={forget} />
      </p>
    );
  }
  return size && range ? <p className="survival-sentence">{sweepPlan(size, range, wish)}</p> : null;
}
