/** Shows a voxel's packed words bit by bit, one line per scale. */
import { ChevronLeft, ChevronRight } from "lucide-react";
import { type KeyboardEvent, memo, useState } from "react";
import { formatWord, plural } from "../../base/format-numbers.ts";
import { hasChannel } from "../../domain/analysis/probe.ts";
import type { RegionRow } from "../../state/regions/region-rows.ts";
import { IconButton } from "../../ui/controls/icon-button.tsx";
import type { Probe } from "./probe-selectors.ts";

interface Bit {
  readonly scale: number;
  readonly channel: number;
}

interface Props {
  readonly probe: Probe;
  readonly rows: readonly RegionRow[];
}

export function BitStrip({ probe, rows }: Props) {
  const [pointed, setPointed] = useState<Bit | null>(null);
  // Announces a bit only for keyboard navigation; mouse users already see it.
  const [focused, setFocused] = useState(false);
  const [wanted, setWanted] = useState(0);
  const words = Math.max(1, Math.ceil(rows.length / 32));
  const first = Math.min(wanted, Math.max(0, words - SHOWN_WORDS));
  const shown = Array.from({ length: Math.min(words, SHOWN_WORDS) }, (_, i) => first + i);
  const move = (event: KeyboardEvent) => {
    const step = ARROWS[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const from = pointed ?? { scale: 0, channel: -1 };
    const channel = clamp(from.channel + step[1], rows.length);
    setPointed({ scale: clamp(from.scale + step[0], probe.scales.length), channel });
    const word = channel >>> 5;
    if (word < first) setWanted(word);
    else if (word >= first + SHOWN_WORDS) setWanted(word - SHOWN_WORDS + 1);
  };
  return (
    <div
      className="bits"
      role="application"
      aria-label="Bits of this voxel"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: one stop for all bits
      tabIndex={0}
      data-words={shown.length}
      onKeyDown={move}
      onFocus={() => {
        setFocused(true);
        setPointed((bit) => bit ?? { scale: 0, channel: 0 });
      }}
      onBlur={() => {
        setFocused(false);
        setPointed(null);
      }}
      onPointerLeave={() => setPointed(null)}
    >
      <div className="bit-text">
        <p aria-live={focused ? "polite" : "off"}>
          {pointed ? bitText(pointed, probe, rows) : legend(rows.length, words)}
        </p>
        {words > SHOWN_WORDS ? <WordPager first={first} words={words} onFirst={setWanted} /> : null}
      </div>
      <div className="bit-lines">
        {probe.scales.map((scale, i) => (
          <BitLine
            // biome-ignore lint/suspicious/noArrayIndexKey: the index is the scale
            key={i}
            scale={i}
            bits={scale?.words ?? null}
            at={scale ? scale.sourceVoxel.join(", ") : null}
            rows={rows}
            words={shown}
            pointed={pointed?.scale === i ? pointed.channel : null}
            onPoint={setPointed}
          />
        ))}
      </div>
    </div>
  );
}

/** Words shown side by side; a pager reaches the rest, because there may be thousands of channels. */
const SHOWN_WORDS = 3;

interface PagerProps {
  readonly first: number;
  readonly words: number;
  readonly onFirst: (word: number) => void;
}

function WordPager({ first, words, onFirst }: PagerProps) {
  const last = words - SHOWN_WORDS;
  return (
    <span className="bit-pager">
      <IconButton
        icon={ChevronLeft}
        label="Previous words"
        disabled={first === 0}
        onClick={() => onFirst(Math.max(0, first - SHOWN_WORDS))}
      />
      words {first} to {first + SHOWN_WORDS - 1}
      <IconButton
        icon={ChevronRight}
        label="Next words"
        disabled={first >= last}
        onClick={() => onFirst(Math.min(last, first + SHOWN_WORDS))}
      />
    </span>
  );
}

interface LineProps {
  readonly scale: number;
  readonly bits: readonly number[] | null;
  readonly at: string | null;
  readonly rows: readonly RegionRow[];
  readonly words: readonly number[];
  readonly pointed: number | null;
  readonly onPoint: (bit: Bit) => void;
}

const BitLine = memo(function BitLine({ scale, bits, at, rows, words, pointed, onPoint }: LineProps) {
  return (
    <div className="bit-line">
      <span className="bit-scale">
        scale {scale} <small>{at ? `samples ${at}` : "collapses"}</small>
      </span>
      {words.map((word) => (
        <span key={word} className="bit-word">
          <span className="bit-cells">
            {Array.from({ length: 32 }, (_, bit) => {
              const channel = word * 32 + bit;
              const row = rows[channel];
              const lit = row !== undefined && bits !== null && hasChannel(bits, channel);
              return (
                <i
                  // biome-ignore lint/suspicious/noArrayIndexKey: the index is the bit
                  key={bit}
                  data-lit={lit || undefined}
                  data-unused={row ? undefined : true}
                  data-pointed={pointed === channel || undefined}
                  style={lit ? { background: row.hex } : undefined}
                  title={row ? `bit ${bit}: ${row.name}` : undefined}
                  onPointerEnter={row ? () => onPoint({ scale, channel }) : undefined}
                />
              );
            })}
          </span>
          <code>{bits ? formatWord(bits[word] ?? 0) : "–"}</code>
        </span>
      ))}
    </div>
  );
});

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

function clamp(index: number, count: number): number {
  return Math.max(0, Math.min(count - 1, index));
}

function legend(channels: number, words: number): string {
  if (channels === 0) return "No channels, because there are no regions";
  const spare = words * 32 - channels;
  return `${plural(channels, "channel")} packed into ${words === 1 ? "one 32-bit word" : `${words} 32-bit words`}${spare > 0 ? ` (${plural(spare, "bit")} unused)` : ""}; bit 0 is leftmost`;
}

function bitText({ scale, channel }: Bit, probe: Probe, rows: readonly RegionRow[]): string {
  const row = rows[channel];
  const at = probe.scales[scale];
  const state = at ? (hasChannel(at.words, channel) ? "set" : "not set") : "no voxels at this scale";
  return `scale ${scale}, word ${channel >>> 5}, bit ${channel & 31} (${row?.name ?? "?"}): ${state}`;
}
