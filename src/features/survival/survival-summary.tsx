/** One line that says how much vanishes, or how far the computation is. */
import { useCommands } from "../../app/commands/commands-context.ts";
import { isSurvivalFresh, selectPatch, selectSurvivalQuery } from "../../state/case/shown-patch.ts";
import { useStore } from "../../state/store.ts";
import { POOLING_NAMES } from "../../state/view/view-names.ts";
import { selectSurvivalTally } from "./survival-rows.ts";
import { tallyText } from "./text.ts";

export function SurvivalSummary() {
  const commands = useCommands();
  const run = useStore((s) => s.survivalRun);
  const tally = useStore(selectSurvivalTally);
  const fresh = useStore(isSurvivalFresh);
  const stopped = useStore((s) => s.survivalStopped !== null && s.survivalStopped === selectSurvivalQuery(s));
  const patch = useStore(selectPatch);
  const pooling = useStore((s) => s.pooling);
  const context = [
    patch ? `In the patch at ${patch.origin.join(", ")}` : null,
    pooling ? `${patch ? "with" : "With"} ${POOLING_NAMES[pooling]} pooling` : null,
  ].filter((part) => part !== null);
  const lead = context.length > 0 ? `${context.join(", ")}: ` : "";
  return (
    <div className="survival-summary">
      <p role="status">
        {run && !fresh
          ? `Computing… ${Math.round(run.fraction * 100)} %`
          : tally && fresh
            ? lead + tallyText(tally)
            : stopped
              ? "Stopped early; results are incomplete."
              : "Finding components…"}
      </p>
      {run ? (
        <button
          type="button"
          className="link"
          aria-label="Cancel survival"
          onClick={() => commands.cancelSurvival()}
        >
          Cancel
        </button>
      ) : stopped ? (
        <button type="button" className="link" onClick={() => commands.runSurvival()}>
          Compute survival
        </button>
      ) : null}
    </div>
  );
}
