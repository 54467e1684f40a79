import { Info, OctagonX, TriangleAlert, Wrench } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Finding, Severity } from "../../domain/findings.ts";

const SHAPES = { error: OctagonX, warning: TriangleAlert, info: Info } as const;
export const WORDS: Readonly<Record<Severity, string>> = { error: "Error", warning: "Warning", info: "Note" };

interface Props {
  readonly finding: Finding;
  readonly open: boolean;
  /** What *Apply repair* would do; null where a person has to choose. */
  readonly repair: string | null;
  readonly onClick: () => void;
  readonly onRepair: () => void;
}

export function FindingItem({ finding, open, repair, onClick, onRepair }: Props) {
  const Shape = SHAPES[finding.severity];
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    // Opened, it is longer: all of it should be seen, its repair too.
    if (open) item.current?.scrollIntoView({ block: "nearest" });
  }, [open]);
  return (
    <li ref={item} className="finding-item" data-open={open || undefined}>
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
      {repair === null ? null : (
        <button type="button" className="repair" title={repair} onClick={onRepair}>
          <Wrench size={12} aria-hidden />
          <span>
            <b>Apply repair:</b> {repair}
          </span>
        </button>
      )}
    </li>
  );
}
