import { CircleCheck, Info, OctagonX, TriangleAlert } from "lucide-react";
import { useState } from "react";
import type { Finding, Severity } from "../../domain/findings.ts";
import { selectFindings, selectRegionSet, selectRoundTrip } from "../../state/selectors.ts";
import { useStore } from "../../state/store.ts";
import { plural } from "../format.ts";

const SHAPES = { error: OctagonX, warning: TriangleAlert, info: Info } as const;
const WORDS: Readonly<Record<Severity, string>> = { error: "Error", warning: "Warning", info: "Note" };

export function FindingsPanel() {
  const findings = useStore(selectFindings);
  const [open, setOpen] = useState<string | null>(null);
  const concern = useStore((s) => s.concern);
  return (
    <section className="panel findings" aria-labelledby="findings-title">
      <div className="panel-head">
        <h2 id="findings-title">Findings</h2>
        <span className="tally">{tally(findings)}</span>
      </div>
      <div className="findings-scroller">
        <ul aria-label="Findings">
          {findings.map((finding) => {
            const key = `${finding.code} ${finding.message}`;
            return (
              <FindingItem
                key={key}
                finding={finding}
                open={open === key}
                onClick={() => {
                  setOpen(open === key ? null : key);
                  concern(finding.regions);
                }}
              />
            );
          })}
        </ul>
        <RoundTripSummary />
      </div>
    </section>
  );
}

interface ItemProps {
  readonly finding: Finding;
  readonly open: boolean;
  readonly onClick: () => void;
}

function FindingItem({ finding, open, onClick }: ItemProps) {
  const Shape = SHAPES[finding.severity];
  return (
    <li>
      <button
        type="button"
        className="finding"
        data-severity={finding.severity}
        data-open={open || undefined}
        aria-expanded={open}
        onClick={onClick}
      >
        <Shape size={15} aria-hidden className="finding-shape" />
        <span className="finding-text">
          <span className="finding-head">
            <b>{WORDS[finding.severity]}</b> <code>{finding.code}</code>
          </span>
          <span className="finding-message">{finding.message}</span>
        </span>
      </button>
    </li>
  );
}

/** One quiet line when prediction gives every label back; what is wrong otherwise is among the findings. */
function RoundTripSummary() {
  const trip = useStore(selectRoundTrip);
  const set = useStore(selectRegionSet);
  const labels = useStore((s) =>
    s.openCase?.source.kind === "labels" ? s.openCase.source.volume.palette : null,
  );
  if (!trip || !set) return null;
  if (!trip.lossless) {
    return (
      <p className="round-trip" data-lossless={false}>
        <TriangleAlert size={14} aria-hidden />
        <span>
          Round trip: {plural(trip.changedVoxels, "voxel")} come back with another label (
          {trip.changes
            .slice(0, 6)
            .map((change) => `${change.from} → ${change.to}`)
            .join(", ")}
          {trip.changes.length > 6 ? ", …" : ""}).
        </span>
      </p>
    );
  }
  const count = labels?.filter((value) => value !== 0 && value !== -1).length ?? 0;
  return (
    <p className="round-trip" data-lossless={true}>
      <CircleCheck size={14} aria-hidden />
      <span>
        {count === 1 ? "The label comes back" : `All ${count} labels come back`}: writing the regions in order
        restores every voxel.
      </span>
    </p>
  );
}

function tally(findings: readonly Finding[]): string {
  if (findings.length === 0) return "none";
  return (["error", "warning", "info"] as const)
    .map((severity) => ({
      word: WORDS[severity].toLowerCase(),
      n: findings.filter((f) => f.severity === severity).length,
    }))
    .filter(({ n }) => n > 0)
    .map(({ word, n }) => plural(n, word))
    .join(" · ");
}
