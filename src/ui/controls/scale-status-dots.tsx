/**
 * Dots that show, per scale, in how many patches a region is gone, or how it appears in what is shown if
 * there are no plans to draw patches by; and the text for them.
 */
import type { ScaleStatus } from "../../domain/analysis/scale-status.ts";
import { goneText, isUsed, MIN_GONE, MOSTLY_GONE, weightNote } from "../../domain/patches/share-text.ts";
import type { Scale } from "../../domain/targets/deep-supervision.ts";
import { selectPatch } from "../../state/case/shown-patch.ts";
import type { RegionRow } from "../../state/regions/region-rows.ts";
import { useStore } from "../../state/store.ts";

/** Meaning of each shape in what is shown, for the legend and for screen readers. */
export const SCALE_STATUS_TEXT: Readonly<Record<ScaleStatus, string>> = {
  present: "present",
  sparse: "fewer than 8 voxels",
  empty: "no voxel",
  absent: "absent",
};

/**
 * How a dot is drawn: gone in fewer patches than are worth knowing, in fewer than half of them, in more, in
 * all; else a scale status.
 */
type DotShape = "rarely" | "some" | "most" | "every" | ScaleStatus;

/** Up to this many dots have their full size; more dots are smaller. */
const FEW = 5;
const DOT_PX = 9;
/** Width in CSS px that the list's column has for all dots. */
const AVAILABLE_PX = 57;

interface Props {
  readonly row: Pick<RegionRow, "gone" | "scaleStatus">;
  readonly scales: readonly Scale[];
}

/** One dot per scale; a question mark if counting on the GPU failed and there are no patches. */
export function ScaleStatusDots({ row, scales }: Props) {
  const failed = useStore((s) => s.countsFailed);
  const patched = useStore((s) => selectPatch(s) !== null);
  if (row.gone === null && !row.scaleStatus && failed)
    return (
      <span className="dots" title="not known">
        <span className="visually-hidden">not known</span>
        <span aria-hidden="true">?</span>
      </span>
    );
  const gapPx = scales.length > FEW ? 1 : 2;
  const sizePx = Math.min(DOT_PX, Math.floor(AVAILABLE_PX / scales.length) - gapPx);
  const text = dotsText(row, scales, patched);
  return (
    <span className="dots" style={{ gap: gapPx }} title={text}>
      <span className="visually-hidden">{text}</span>
      {scales.map((its, scale) => (
        <Dot
          // biome-ignore lint/suspicious/noArrayIndexKey: the index is the scale
          key={scale}
          shape={shapeAt(row, scale)}
          sizePx={sizePx}
          leftOut={!isUsed(its)}
        />
      ))}
    </span>
  );
}

function shapeAt({ gone, scaleStatus }: Props["row"], scale: number): DotShape | null {
  if (gone === "awaited") return null;
  if (!gone) return scaleStatus?.[scale] ?? null;
  const share = gone[scale];
  if (share === undefined) return "absent";
  if (share === 1) return "every";
  return share < MIN_GONE ? "rarely" : share < MOSTLY_GONE ? "some" : "most";
}

/** What is filled of a dot; a region that is gone more often has less of it. */
const FILLS: Readonly<Partial<Record<DotShape, string>>> = {
  rarely: "M5 1a4 4 0 1 0 .01 0z",
  present: "M5 1a4 4 0 1 0 .01 0z",
  some: "M5 5V1a4 4 0 1 0 4 4z",
  sparse: "M5 1a4 4 0 0 0 0 8z",
  most: "M5 5V1a4 4 0 0 0-4 4z",
};

interface DotProps {
  readonly shape: DotShape | null;
  readonly sizePx?: number;
  /** The loss leaves the scale out. */
  readonly leftOut?: boolean;
}

export function Dot({ shape, sizePx = DOT_PX, leftOut }: DotProps) {
  const fill = shape && FILLS[shape];
  return (
    <svg
      className="dot"
      width={sizePx}
      height={sizePx}
      viewBox="0 0 10 10"
      aria-hidden="true"
      data-shape={shape}
      data-left-out={leftOut || undefined}
    >
      <circle cx="5" cy="5" r="4" className="dot-ring" />
      {fill ? <path d={fill} className="dot-fill" /> : null}
      {shape === "absent" ? <path d="M2.2 7.8 7.8 2.2" className="dot-ring" /> : null}
    </svg>
  );
}

/**
 * Returns, for example, "scales 0 to 2 never gone, scale 3 gone in 39 % of patches (weight 0)", or "whole
 * case: scales 0 to 2 present, scale 3 no voxel".
 */
export function dotsText(
  { gone, scaleStatus }: Props["row"],
  scales: Props["scales"],
  patched: boolean,
): string {
  if (gone === "awaited") return "patches being computed";
  if (gone?.length === 0) return "in no patch";
  if (gone) return ranges(gone.map((share, s) => goneText(share) + (share > 0 ? weightNote(scales[s]) : "")));
  if (!scaleStatus) return "being counted";
  const statuses = ranges(scaleStatus.map((status) => SCALE_STATUS_TEXT[status]));
  return `${patched ? "this patch" : "whole case"}: ${statuses}`;
}

/** Joins the texts of the scales, naming those that follow one another with the same text together. */
function ranges(texts: readonly string[]): string {
  const parts: { from: number; to: number; text: string }[] = [];
  texts.forEach((text, scale) => {
    const last = parts.at(-1);
    if (last?.text === text) last.to = scale;
    else parts.push({ from: scale, to: scale, text });
  });
  return parts
    .map(({ from, to, text }) => `${from === to ? `scale ${from}` : `scales ${from} to ${to}`} ${text}`)
    .join(", ");
}
