/** Line about the component that keys or the table moved to: what happens to it. Shown in every view. */
import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { formatCount } from "../../base/format-numbers.ts";
import { stepEnded } from "../../state/actions/survival-actions.ts";
import { selectPatch } from "../../state/case/shown-patch.ts";
import { useStore } from "../../state/store.ts";
import { POOLING_NAMES } from "../../state/view/view-names.ts";
import { IconButton } from "../../ui/controls/icon-button.tsx";
import { keyOf } from "../../ui/keys.ts";
import { selectStepFacts, selectSurvivalTally } from "./survival-rows.ts";
import { stepText } from "./text.ts";

export function StepLine() {
  const commands = useCommands();
  const step = useStore((s) => s.survivalStep);
  const facts = useStore(selectStepFacts);
  const some = useStore((s) => (selectSurvivalTally(s)?.emptied ?? 0) > 0);
  if (!step || (step.kind === "at" && !facts) || (step.kind === "none" && some)) return null;
  return (
    <section className="step-line" aria-label="Component">
      <p role="status">
        {facts ? <i className="swatch" style={{ background: facts.row.region.hex }} /> : null}
        {facts
          ? stepText(facts)
          : step.kind === "pending"
            ? `Looking for components${step.any ? "" : " without a voxel at a scale"}…`
            : "Every component has voxels at every scale used in the loss."}
        <Context />
      </p>
      {facts?.nth ? (
        <span className="step-count">
          {formatCount(facts.nth)} of {formatCount(facts.of)} with no voxel at a scale
        </span>
      ) : null}
      <IconButton
        icon={ChevronUp}
        label={`Go to the previous component with no voxel at a scale (${keyOf("vanishing-before")})`}
        onClick={() => commands.stepVanishing(-1)}
      />
      <IconButton
        icon={ChevronDown}
        label={`Go to the next component with no voxel at a scale (${keyOf("vanishing-next")})`}
        onClick={() => commands.stepVanishing(1)}
      />
      <IconButton icon={X} label="Close component details" onClick={() => stepEnded(null)} />
    </section>
  );
}

/** Names what is shown, and the pooling if it is not nnU-Net's. */
function Context() {
  const patch = useStore(selectPatch);
  const pooling = useStore((s) => s.pooling);
  const parts = [
    patch ? `patch at ${patch.origin.join(", ")}` : "whole case",
    pooling ? `${POOLING_NAMES[pooling]} pooling (not used by nnU-Net)` : null,
  ];
  return <small> {parts.filter((part) => part !== null).join(" · ")}</small>;
}
