/** Dots that show a region's status at each scale, and the text for it. */
import type { ScaleStatus } from "../../domain/analysis/scale-status.ts";
import { useStore } from "../../state/store.ts";

/** Meaning of each shape, for the legend and for screen readers. */
export const SCALE_STATUS_TEXT: Readonly<Record<ScaleStatus, string>> = {
  present: "present",
  sparse: "fewer than 8 voxels",
  vanished: "vanished",
  absent: "absent",
};

interface Props {
  /** One per scale; null while voxels are being counted and if counting failed. */
  readonly status: readonly ScaleStatus[] | null;
  readonly scales: number;
}

/** Up to this many dots have their full size; more dots are smaller. */
const FEW = 5;
const DOT_PX = 9;
/** Width in CSS px that the list's column has for all dots. */
const AVAILABLE_PX = 57;

/** One dot per scale: filled, half or hollow; text if counting on the GPU failed. */
export function ScaleStatusDots({ status, scales }: Props) {
  const failed = useStore((s) => s.countsFailed);
  if (!status && failed) return <span className="dots">not known</span>;
  const gapPx = scales > FEW ? 1 : 2;
  const sizePx = Math.min(DOT_PX, Math.floor(AVAILABLE_PX / scales) - gapPx);
  return (
    <span className="dots" style={{ gap: gapPx }}>
      <span className="visually-hidden">{status ? scaleStatusText(status) : "being counted"}</span>
      {Array.from({ length: scales }, (_, scale) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the index is the scale
        <Dot key={scale} status={status?.[scale] ?? null} sizePx={sizePx} />
      ))}
    </span>
  );
}

interface DotProps {
  readonly status: ScaleStatus | null;
  readonly sizePx?: number;
}

export function Dot({ status, sizePx = DOT_PX }: DotProps) {
  return (
    <svg
      className="dot"
      width={sizePx}
      height={sizePx}
      viewBox="0 0 10 10"
      aria-hidden="true"
      data-scale-status={status}
    >
      <circle cx="5" cy="5" r="4" className="dot-ring" />
      {status === "present" ? <circle cx="5" cy="5" r="4" className="dot-fill" /> : null}
      {status === "sparse" ? <path d="M5 1a4 4 0 0 0 0 8z" className="dot-fill" /> : null}
      {status === "absent" ? <path d="M2.2 7.8 7.8 2.2" className="dot-ring" /> : null}
    </svg>
  );
}

/** Returns, for example, "scales 0 to 2 present, scale 3 vanished". */
export function scaleStatusText(status: readonly ScaleStatus[]): string {
  const ranges: { from: number; to: number; status: ScaleStatus }[] = [];
  status.forEach((value, scale) => {
    const last = ranges.at(-1);
    if (last?.status === value) last.to = scale;
    else ranges.push({ from: scale, to: scale, status: value });
  });
  return ranges
    .map(({ from, to, status: value }) =>
      from === to
        ? `scale ${from} ${SCALE_STATUS_TEXT[value]}`
        : `scales ${from} to ${to} ${SCALE_STATUS_TEXT[value]}`,
    )
    .join(", ");
}
