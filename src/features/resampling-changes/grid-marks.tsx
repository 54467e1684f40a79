/** Outline of the changed place over the tiles of the grid, which all show the same slice. */
import { useMemo } from "react";
import type { GridLayout } from "../../app/commands/commands.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { useStore } from "../../state/store.ts";
import { tileCorner, tilePlace } from "../ruler/ruler-geometry.ts";
import { placeMark } from "./place-marks.ts";
import { PlaceShapes } from "./place-shapes.tsx";

interface Props {
  readonly layout: GridLayout;
  readonly headPx: number;
  /** Visible rows. */
  readonly rows: readonly number[];
  readonly columns: number;
}

export function GridMarks({ layout, headPx, rows, columns }: Props) {
  const step = useStore((s) => s.placeStep);
  const source = useStore((s) => s.openCase?.source);
  const view = useStore((s) => s.view);
  const shown = useMemo(() => {
    if (step?.kind !== "at" || !source) return null;
    const picture = tilePlace(sourceGrid(source), layout, view);
    const mark = placeMark(step.place, picture);
    return mark && { mark, sizePx: picture.sizePx };
  }, [step, source, layout, view]);
  if (!shown) return null;
  return rows.flatMap((row) =>
    Array.from({ length: columns }, (_, column) => {
      const [left, top] = tileCorner(layout, row, column);
      // biome-ignore lint/suspicious/noArrayIndexKey: tiles keep their places
      return <PlaceShapes key={`${row} ${column}`} {...shown} left={headPx + left} top={top} />;
    }),
  );
}
