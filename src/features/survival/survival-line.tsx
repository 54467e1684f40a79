/** One row of the survival table: a region, a component, or the components that are not listed. */
import { ChevronDown, ChevronRight } from "lucide-react";
import { memo, type ReactNode } from "react";
import { formatCount, plural } from "../../base/format-numbers.ts";
import { SPARSE_VOXELS, scaleStatusOf } from "../../domain/analysis/scale-status.ts";
import type { Survival } from "../../domain/analysis/survival.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { RegionShare } from "../../domain/patches/patch-shares.ts";
import { goneShares, isUsed, MIN_GONE, percentOf } from "../../domain/patches/share-text.ts";
import type { Scale } from "../../domain/targets/deep-supervision.ts";
import { Dot, SCALE_STATUS_TEXT } from "../../ui/controls/scale-status-dots.tsx";
import type { SurvivalLine, SurvivalOutcome } from "./survival-rows.ts";
import { boxText, inPatchText, outcomeText, restText, worstText } from "./text.ts";

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
  readonly onUse: (line: SurvivalLine) => void;
}

export const SurvivalTableLine = memo(function SurvivalTableLine(props: Props) {
  const { line, id, index, heightPx, current, scales, spacing, most, onUse } = props;
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
  const { share } = line.kind === "region" ? line.row : line;
  const inPatch = share ? <Second>{inPatchText(share)}</Second> : null;
  // Keeps the first line of every cell at the same height.
  const blank = share ? <Second>&nbsp;</Second> : null;
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
        <ScaleCells scales={scales} counts={survival} share={share} most={null} />
        <OutcomeCell outcome={outcome} share={share} scales={scales} />
      </tr>
    );
  }
  const { row, expanded } = line;
  const { survival, outcome, components, emptied } = row;
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
        {emptied > 0 ? (
          <em title={`${plural(emptied, "component")} with no voxel at a scale used in the loss`}>
            , {formatCount(emptied)} lost
          </em>
        ) : null}
        {blank}
      </td>
      <ScaleCells scales={scales} counts={survival} share={share} most={most} />
      {region.gone === "awaited" ? (
        <td className="survival-outcome">being computed</td>
      ) : (
        <OutcomeCell outcome={outcome} share={share} scales={scales} />
      )}
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

interface OutcomeProps {
  readonly outcome: SurvivalOutcome | null;
  readonly share: RegionShare | null;
  readonly scales: readonly Scale[];
}

/** Speaks of the patches if they are known, else of what is shown. */
function OutcomeCell({ outcome, share, scales }: OutcomeProps) {
  if (!share)
    return (
      <td className="survival-outcome" data-outcome={outcome?.kind}>
        {outcome ? <OutcomeText outcome={outcome} /> : null}
      </td>
    );
  const { most, share: worst, where, leftOut, leftOutShort } = worstText(goneShares(share), scales);
  return (
    <td
      className="survival-outcome"
      data-outcome={worst >= MIN_GONE ? "gone" : where ? "weightless" : "kept"}
    >
      <span aria-hidden="true">
        {most.replace(PATCHES, "")}
        {most.endsWith(PATCHES) ? <span className="survival-wide">{PATCHES}</span> : null}
      </span>
      <ScreenReaderText>{most}</ScreenReaderText>
      <Second>
        {where ?? (leftOut ? null : "\u00a0")}
        {where && leftOut ? <span className="survival-wide">; {leftOutShort}</span> : null}
        {!where && leftOut ? (
          <>
            <span className="survival-wide">{leftOut}</span>
            <span className="survival-narrow">{leftOutShort}</span>
          </>
        ) : null}
      </Second>
    </td>
  );
}

const PATCHES = " of patches";

/** Same text as `outcomeText`; in a narrow row, part of it is only for screen readers. */
function OutcomeText({ outcome }: { readonly outcome: SurvivalOutcome }) {
  if (outcome.kind === "weightless")
    return (
      <>
        no voxel at scale {outcome.scale} <small className="survival-unused">(weight 0)</small>
      </>
    );
  return outcomeText(outcome);
}

interface CellsProps {
  readonly scales: readonly Scale[];
  readonly counts: Survival | null;
  readonly share: RegionShare | null;
  /** Voxels of a full bar; null draws dots instead of bars. */
  readonly most: number | null;
}

/** Cells with what is left at each scale. */
function ScaleCells({ scales, counts, share, most }: CellsProps) {
  const gone = share && goneShares(share);
  return scales.map((scale, s) => {
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
              <Dot shape={state} />
            </>
          ) : null}
          {voxels === null ? "" : outside ? "–" : formatCount(voxels)}
        </span>
        {most === null || voxels === null ? null : (
          <span className="survival-bar" data-sparse={voxels < SPARSE_VOXELS || undefined} aria-hidden="true">
            <i style={{ width: `${(100 * Math.log1p(voxels)) / Math.log1p(Math.max(1, most))}%` }} />
          </span>
        )}
        {gone ? <Share share={s > 0 ? gone[s] : undefined} isUsed={isUsed(scale)} /> : null}
      </td>
    );
  });
}

interface ShareProps {
  /** Undefined at full size, where a region is never gone from a patch that has it. */
  readonly share: number | undefined;
  readonly isUsed: boolean;
}

/** "gone 11 %": what is worth knowing is bold, and in the colour of losses where the loss uses the scale. */
function Share({ share, isUsed: used }: ShareProps) {
  const isMuch = share !== undefined && share >= MIN_GONE;
  return (
    <small
      className="survival-second"
      data-gone={share === undefined ? undefined : isMuch ? (used ? "much" : "left-out") : "little"}
    >
      {share === undefined ? "\u00a0" : share === 0 ? "never gone" : `gone ${percentOf(share)}`}
    </small>
  );
}
