/** Summary above the round trip table, with a legend of the outcomes. */
import { CircleCheck, TriangleAlert } from "lucide-react";
import { selectRegionSet } from "../../state/case/case-selectors.ts";
import { useStore } from "../../state/store.ts";
import { type MappingSummary, selectMappingSummary } from "./label-mapping-selectors.ts";
import { Outcome } from "./outcome.tsx";
import { OUTCOME_MEANINGS, summarySentence, unseenSentence } from "./text.ts";

const OUTCOMES = ["wrong", "merged", "lost", "ignored", "same"] as const;

export function MappingSummaryLine() {
  const summary = useStore(selectMappingSummary);
  const trainsOn = useStore((s) => selectRegionSet(s)?.trainsOn);
  if (!summary) return null;
  const changed = summary.changed > 0 || summary.unseenChanged > 0;
  const Shape = changed ? TriangleAlert : CircleCheck;
  const unseen = unseenSentence(summary);
  return (
    <div className="mapping-summary" data-changed={changed || undefined}>
      <h2>
        <Shape size={17} aria-hidden className="mapping-sign" />
        {summarySentence(summary)}
      </h2>
      <p>
        {trainsOn === "labels"
          ? "Trained on labels: each label is its own class, so nothing is overwritten."
          : "What nnU-Net would output for a perfect prediction: regions are written in order, and later ones overwrite earlier ones."}
        {unseen ? ` ${unseen}` : null}
      </p>
      {summary.outcomes.same < summary.labels + summary.unseen ? <Legend summary={summary} /> : null}
    </div>
  );
}

function Legend({ summary }: { readonly summary: MappingSummary }) {
  const present = OUTCOMES.filter((outcome) => summary.outcomes[outcome] > 0);
  return (
    <ul className="mapping-legend" aria-label="Outcomes">
      {present.map((outcome) => (
        <li key={outcome}>
          <Outcome outcome={outcome} />
          <b>{summary.outcomes[outcome]}</b>
          <span>{OUTCOME_MEANINGS[outcome]}</span>
        </li>
      ))}
    </ul>
  );
}
