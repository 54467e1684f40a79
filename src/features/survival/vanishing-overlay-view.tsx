/** Overlay of a grid row: boxes around components that vanish, labelled with the scale at which they do. */
import { memo, useMemo } from "react";
import type { GridLayout } from "../../app/commands/commands.ts";
import { isSurvivalFresh } from "../../state/case/shown-patch.ts";
import { useStore } from "../../state/store.ts";
import { selectSurvivalRows } from "./survival-rows.ts";
import { selectSlicePlace, type TileMarks, type VanishMark, vanishMarks } from "./vanishing-overlay.ts";
import { VanishShape } from "./vanishing-shape.tsx";
import { MARK_WORDS, markLines, moreText } from "./vanishing-text.ts";

interface Props {
  readonly channel: number;
  readonly layout: GridLayout;
  readonly headPx: number;
}

/** Pointer events pass through to the canvas. */
export const VanishMarks = memo(function VanishMarks({ channel, layout, headPx }: Props) {
  const place = useStore(selectSlicePlace);
  const row = useStore((s) => selectSurvivalRows(s).find(({ region }) => region.channel === channel));
  const fresh = useStore(isSurvivalFresh);
  const tiles = useMemo(
    () => (place && row ? vanishMarks(place, layout, row, MARK_WORDS) : []),
    [place, layout, row],
  );
  return (
    <div className="vanish-row on-picture" style={{ left: headPx }} data-stale={!fresh || undefined}>
      {tiles.map((tile, scale) => (
        <Tile
          // biome-ignore lint/suspicious/noArrayIndexKey: the index is the scale
          key={scale}
          tile={tile}
          leftPx={scale * layout.columnWidthPx}
          widthPx={layout.columnWidthPx - layout.gapPx}
        />
      ))}
    </div>
  );
});

interface TileProps {
  readonly tile: TileMarks;
  readonly leftPx: number;
  readonly widthPx: number;
}

function Tile({ tile: { marks, more, moreAtLeast }, leftPx, widthPx }: TileProps) {
  if (marks.length === 0) return null;
  return (
    <div className="vanish-tile" style={{ left: leftPx, width: widthPx }}>
      <svg aria-hidden="true" width="100%" height="100%">
        {marks.map(({ component, fate, rect, here }) => (
          <g
            key={component}
            className="vanish-mark"
            data-component={component}
            data-here={here}
            data-weightless={fate.kind === "weightless" || undefined}
          >
            <VanishShape rect={rect} crossed={here === "vanishes"} />
          </g>
        ))}
      </svg>
      {marks.map((mark) => (
        <Words key={mark.component} mark={mark} widthPx={widthPx} />
      ))}
      {more > 0 ? <span className="vanish-more">{moreText(more, moreAtLeast)}</span> : null}
    </div>
  );
}

function Words({ mark: { fate, words }, widthPx }: { readonly mark: VanishMark; readonly widthPx: number }) {
  if (!words) return null;
  const [width, height] = MARK_WORDS.of(fate.scale, widthPx);
  return (
    <span
      className="vanish-words"
      data-weightless={fate.kind === "weightless" || undefined}
      style={{ left: words[0], top: words[1], width, height }}
    >
      {markLines(fate.scale, widthPx).map((line) => (
        <span key={line}>{line} </span>
      ))}
    </span>
  );
}
