/** Lines that say how much has no voxel at a scale, or is gone in patches, or how far the computation is. */
import { useCommands } from "../../app/commands/commands-context.ts";
import { selectPatchSharesProgress, sharesRefusal } from "../../state/case/patch-shares-selectors.ts";
import {
  isSurvivalFresh,
  selectPatch,
  selectShownScales,
  selectSurvivalQuery,
} from "../../state/case/shown-patch.ts";
import { selectRegionRows } from "../../state/regions/region-rows.ts";
import { useStore } from "../../state/store.ts";
import { POOLING_NAMES } from "../../state/view/view-names.ts";
import { selectSurvivalTally } from "./survival-rows.ts";
import { sharesText, tallyText } from "./text.ts";

export function SurvivalSummary() {
  const commands = useCommands();
  const run = useStore((s) => s.survivalRun);
  const tally = useStore(selectSurvivalTally);
  const fresh = useStore(isSurvivalFresh);
  const stopped = useStore((s) => s.survivalStopped !== null && s.survivalStopped === selectSurvivalQuery(s));
  const patch = useStore(selectPatch);
  const pooling = useStore((s) => s.pooling);
  const context = [
    patch ? `In the patch at ${patch.origin.join(", ")}` : "Whole case",
    pooling ? `with ${POOLING_NAMES[pooling]} pooling` : null,
  ].filter((part) => part !== null);
  const lead = `${context.join(", ")}: `;
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

/** Says in how many patches regions are gone, or why that is not known. */
export function PatchesSummary() {
  const rows = useStore(selectRegionRows);
  const scales = useStore(selectShownScales);
  const refusal = useStore(sharesRefusal);
  const progress = useStore(selectPatchSharesProgress);
  const judged = rows.filter(({ ignore }) => !ignore);
  const known = judged.flatMap(({ name, gone }) =>
    typeof gone === "object" && gone ? [{ name, gone }] : [],
  );
  if (judged.length === 0) return null;
  return (
    <p className="survival-patches">
      {known.length === judged.length
        ? `Patches: ${sharesText(known, scales)}`
        : judged[0]?.gone === "awaited"
          ? `Patches: being computed… ${Math.round((progress ?? 0) * 100)} %`
          : (refusal ??
            "There are no plans with a patch size and a batch size: counts are of what is shown, not of the patches that nnU-Net draws.")}
    </p>
  );
}
