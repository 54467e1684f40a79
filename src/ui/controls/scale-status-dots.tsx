/** Dots that show a region's presence at each scale, and the words for it. */
import type { Presence } from "../../domain/analysis/scale-status.ts";
import { useStore } from "../../state/store.ts";

/** Meaning of each shape, for the legend and for screen readers. */
export const PRESENCE_WORDS: Readonly<Record<Presence, string>> = {
  present: "present",
  sparse: "fewer than 8 voxels",
  vanished: "vanished",
  absent: "absent",
};

interface Props {
  /** One per scale; null while voxels are being counted and if counting failed. */
  readonly presence: readonly Presence[] | null;
  readonly scales: number;
}

/** Up to this many dots have their full size; more dots are smaller. */
const FEW = 5;
const DOT_PX = 9;
/** Width in CSS px that the list's column has for all dots. */
const ROOM_PX = 57;

/** One dot per scale: filled, half or hollow; text if counting on the GPU failed. */
export function PresenceDots({ presence, scales }: Props) {
  const failed = useStore((s) => s.countsFailed);
  if (!presence && failed) return <span className="dots">not known</span>;
  const gapPx = scales > FEW ? 1 : 2;
  const sizePx = Math.min(DOT_PX, Math.floor(ROOM_PX / scales) - gapPx);
  return (
    <span className="dots" style={{ gap: gapPx }}>
      <span className="visually-hidden">{presence ? presenceText(presence) : "being counted"}</span>
      {Array.from({ length: scales }, (_, scale) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the index is the scale
        <Dot key={scale} presence={presence?.[scale] ?? null} sizePx={sizePx} />
      ))}
    </span>
  );
}

interface DotProps {
  readonly presence: Presence | null;
  readonly sizePx?: number;
}

export function Dot({ presence, sizePx = DOT_PX }: DotProps) {
  return (
    <svg
      className="dot"
      width={sizePx}
      height={sizePx}
      viewBox="0 0 10 10"
      aria-hidden="true"
      data-presence={presence}
    >
      <circle cx="5" cy="5" r="4" className="dot-ring" />
      {presence === "present" ? <circle cx="5" cy="5" r="4" className="dot-fill" /> : null}
      {presence === "sparse" ? <path d="M5 1a4 4 0 0 0 0 8z" className="dot-fill" /> : null}
      {presence === "absent" ? <path d="M2.2 7.8 7.8 2.2" className="dot-ring" /> : null}
    </svg>
  );
}

/** Returns, for example, "scales 0 to 2 present, scale 3 vanished". */
export function presenceText(presence: readonly Presence[]): string {
  const runs: { from: number; to: number; presence: Presence }[] = [];
  presence.forEach((value, scale) => {
    const last = runs.at(-1);
    if (last?.presence === value) last.to = scale;
    else runs.push({ from: scale, to: scale, presence: value });
  });
  return runs
    .map(({ from, to, presence: value }) =>
      from === to
        ? `scale ${from} ${PRESENCE_WORDS[value]}`
        : `scales ${from} to ${to} ${PRESENCE_WORDS[value]}`,
    )
    .join(", ");
}
