/**
 * Overlay of the lightbox tiles: slice numbers, orientation letters and a keyboard-focusable button per tile.
 */
import { type KeyboardEvent, useRef } from "react";
import type { Rect } from "../../base/rect.ts";

interface Props {
  readonly slices: readonly number[];
  readonly rects: readonly Rect[];
  readonly columns: number;
  /** Index of the plane's last slice. */
  readonly last: number;
  /** Index of the tile that shows the crosshair's slice; -1 if none does. */
  readonly current: number;
  readonly letters: {
    readonly left: string;
    readonly right: string;
    readonly top: string;
    readonly bottom: string;
  };
  readonly onGo: (slice: number) => void;
  /** Scrolls by rows of tiles. */
  readonly onScroll: (rows: number) => void;
}

/** On smaller tiles, letters would hide the image. */
const LETTERS_FROM_PX = 84;

/** Pointer events pass through to the canvas. */
export function TileButtons({ slices, rects, columns, last, current, letters, onGo, onScroll }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const stop = Math.max(0, current);
  const move = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    const end = { Home: 0, End: slices.length - 1 }[event.key];
    const pages = { PageDown: 1, PageUp: -1 }[event.key];
    if ((by ?? end ?? pages) === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const buttons = [...(list.current?.querySelectorAll("button") ?? [])];
    const at = buttons.findIndex((button) => button.matches(":focus"));
    const to = end ?? at + (by ?? 0);
    if (pages !== undefined) onScroll(pages * Math.ceil(slices.length / columns));
    else if (to >= 0 && to < buttons.length) buttons[to]?.focus();
    else onScroll(Math.sign(by ?? 0));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div ref={list} role="group" aria-label="Tiles" onKeyDown={move}>
      {slices.map((slice, i) => {
        const { x, y, width, height } = rects[i] ?? { x: 0, y: 0, width: 0, height: 0 };
        return (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: a tile keeps its focus while slices pass through it
            key={i}
            type="button"
            className="pane lightbox-tile on-picture"
            style={{ left: x, top: y, width, height }}
            aria-label={`Slice ${slice} of ${last}`}
            aria-current={i === current || undefined}
            tabIndex={i === stop ? 0 : -1}
            onClick={() => onGo(slice)}
          >
            <span className="lightbox-number">{slice}</span>
            {Math.min(width, height) >= LETTERS_FROM_PX
              ? (["top", "left", "right", "bottom"] as const).map((side) => (
                  <span key={side} className={`letter letter-${side}`}>
                    {letters[side]}
                  </span>
                ))
              : null}
          </button>
        );
      })}
    </div>
  );
}
