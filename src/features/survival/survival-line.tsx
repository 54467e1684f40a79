/** One row of the survival table: a region, a component, or the components that are not listed. */
import { ChevronDown, ChevronRight } from "lucide-react";
import { memo, type ReactNode } from "react";
import { formatCount } from "../../base/format-numbers.ts";
import { SPARSE_VOXELS, scaleStatusOf } from "../../domain/analysis/scale-status.ts";
import type { Survival } from "../../domain/analysis/survival.ts";
import type { SweptSurvival } from "../../domain/analysis/survival-sweep.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { Scale } from "../../domain/targets/deep-supervision.ts";
import { Dot, SCALE_STATUS_TEXT } from "../../ui/controls/scale-status-dots.tsx";
import type { SurvivalLine, SurvivalOutcome } from "./survival-rows.ts";
import { boxText, inPatchText, outcomeText, restText, shareText, sweptText } from "./text.ts";

interface Props {
  readonly line: SurvivalLine;
  readonly id: string;
  readonly index: number;
  readonly heightPx: number;
  readonly current: boolean;
  readonly scales: readonly Scale[];
  readonly spacing: Triple;
  /** Voxels of the largest region; corresponds to a full bar. */
  readonly most: number;
  /** Number of patches the sweep sampled; null without a sweep. */
  readonly used: number | null;
  readonly onUse: (line: SurvivalLine) => void;
}

export const SurvivalTableLine = memo(function SurvivalTableLine(props: Props) {
  const { line, id, index, heightPx, current, scales, spacing, most, used, onUse } = props;
  const { region } = line.row;
  const common = {
    id,
    style: { height: heightPx },
    "aria-rowindex": index + 2,
    "data-current": current || undefined,
    "data-kind": line.kind,
  };
  if (line.kind === "rest") {
    return (
      <tr {...common} aria-level={2}>
        <td colSpan={4 + scales.length} className="survival-rest">
          {restText(line.survival.rest)}
        </td>
      </tr>
    );
  }
  const { swept } = line.kind === "region" ? line.row : line;
  const inPatch = swept && used !== null ? <Second>{inPatchText(swept, used)}</Second> : null;
  // Keeps the first line of every cell at the same height.
  const blank = swept ? <Second>&nbsp;</Second> : null;
  const sweptOutcome = swept ? <Second>{sweptText(swept, scales)}</Second> : null;
  if (line.kind === "component") {
    const { survival, component, outcome } = line;
    return (
      <tr {...common} aria-level={2} aria-selected={current} onClick={() => onUse(line)}>
        <th scope="row" className="survival-name">
          <span className="survival-component">component {formatCount(component + 1)}</span>
          {inPatch}
        </th>
        <td className="survival-number">
          {formatCount(survival.voxels)}
          <ScreenReaderText>{survival.voxels === 1 ? " voxel" : " voxels"}</ScreenReaderText>
          {blank}
        </td>
        <td className="survival-parts survival-box">
          {boxText(survival.box, spacing)}
          <ScreenReaderText> mm</ScreenReaderText>
          {blank}
        </td>
        <ScaleCells scales={scales} counts={survival} swept={swept} most={null} />
        <OutcomeCell outcome={outcome}>{sweptOutcome}</OutcomeCell>
      </tr>
    );
  }
  const { row, expanded } = line;
  const { survival, outcome, components, vanishing } = row;
  const Chevron = expanded ? ChevronDown : ChevronRight;
  const voxels = survival?.voxels ?? region.fullVoxels;
  return (
    <tr
      {...common}
      aria-level={1}
      aria-expanded={expanded}
      aria-selected={current}
      onClick={() => onUse(line)}
    >
      <th scope="row" className="survival-name" title={region.name}>
        <span className="survival-region">
          <Chevron size={14} aria-hidden />
          <i className="swatch" style={{ background: region.hex }} />
          <span>{region.name}</span>
        </span>
        {inPatch}
      </th>
      <td className="survival-number">
        {voxels === null ? "" : formatCount(voxels)}
        {voxels === null ? null : <ScreenReaderText>{voxels === 1 ? " voxel" : " voxels"}</ScreenReaderText>}
        {blank}
      </td>
      <td className="survival-parts">
        {survival ? formatCount(components) : ""}
        {survival ? (
          <ScreenReaderText>{components === 1 ? " component" : " components"}</ScreenReaderText>
        ) : null}
        {vanishing > 0 ? (
          <em>
            , {formatCount(vanishing)} {vanishing === 1 ? "vanishes" : "vanish"}
          </em>
        ) : null}
        {blank}
      </td>
      <ScaleCells scales={scales} counts={survival} swept={swept} most={most} />
      <OutcomeCell outcome={outcome}>{sweptOutcome}</OutcomeCell>
    </tr>
  );
});

/** Repeats a column heading for screen readers, which read a row as a whole. */
function ScreenReaderText({ children }: { readonly children: string }) {
  return <span className="visually-hidden">{children}</span>;
}

function Second({ children }: { readonly children: ReactNode }) {
  return <small className="survival-second">{children}</small>;
}

function OutcomeCell({
  outcome,
  children,
}: {
  readonly outcome: SurvivalOutcome | null;
  readonly children: ReactNode;
}) {
  return (
    <td className="survival-outcome" data-outcome={outcome?.kind}>
      {outcome ? <OutcomeText outcome={outcome} /> : null}
      {children}
    </td>
  );
}

/** Same text as `outcomeText`; in a narrow row, part of it is only for screen readers. */
function OutcomeText({ outcome }: { readonly outcome: SurvivalOutcome }) {
  if (outcome.kind === "weightless")
    return (
      <>
        vanishes at scale {outcome.scale} <small className="survival-unused">(weight 0)</small>
      </>
    );
  if (outcome.kind !== "kept") return outcomeText(outcome);
  return (
    <>
      kept<span className="survival-every"> at every scale</span>
    </>
  );
}

interface CellsProps {
  readonly scales: readonly Scale[];
  readonly counts: Survival | null;
  readonly swept: SweptSurvival | null;
  /** Voxels of a full bar; null draws dots instead of bars. */
  readonly most: number | null;
}

/** Cells with what is left at each scale. */
function ScaleCells({ scales, counts, swept, most }: CellsProps) {
  return scales.map((_, s) => {
    const voxels = counts?.perScale[s] ?? null;
    const outside = counts?.inPatch === 0;
    const state = counts && voxels !== null ? scaleStatusOf(counts.inPatch, voxels) : null;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the index is the scale
      <td key={s} className="survival-scale" data-scale-status={state ?? undefined}>
        <span className="survival-left">
          <ScreenReaderText>{`scale ${s}: `}</ScreenReaderText>
          {most === null && state ? (
            <>
              <ScreenReaderText>{`${SCALE_STATUS_TEXT[state]} `}</ScreenReaderText>
              <Dot status={state} />
            </>
          ) : null}
          {voxels === null ? "" : outside ? "–" : formatCount(voxels)}
        </span>
        {most === null || voxels === null ? null : (
          <span className="survival-bar" data-sparse={voxels < SPARSE_VOXELS || undefined} aria-hidden="true">
            <i style={{ width: `${(100 * Math.log1p(voxels)) / Math.log1p(Math.max(1, most))}%` }} />
          </span>
        )}
        {swept ? <Second>{shareText(swept.perScale[s] ?? 0, swept.inPatch)}</Second> : null}
      </td>
    );
  });
}
