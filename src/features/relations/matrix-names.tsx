/**
 * Names of the regions at the left and top of the matrix: all visible ones, or only the marked ones if cells
 * are small.
 */
import type { ElementSize } from "../../ui/controls/use-element-size.ts";
import type { Cell } from "./cell.ts";
import { isNamed, type MatrixLayout } from "./matrix-layout.ts";

interface Props {
  /** Names in the order shown. */
  readonly names: readonly string[];
  readonly hexes: readonly string[];
  readonly layout: MatrixLayout;
  readonly size: ElementSize;
  readonly scroll: { readonly left: number; readonly top: number };
  /** Cells whose row and column are always named. */
  readonly highlighted: readonly (Cell | null)[];
}

export function MatrixNames({ names, hexes, layout, size, scroll, highlighted }: Props) {
  const { cellPx, gutterPx, headPx } = layout;
  const rows = new Set(highlighted.flatMap((cell) => (cell ? [cell.row] : [])));
  const columns = new Set(highlighted.flatMap((cell) => (cell ? [cell.column] : [])));
  const inSight = (at: number, scrolled: number, length: number) =>
    (at + 1) * cellPx > scrolled && at * cellPx < scrolled + length;
  return (
    <>
      <div className="row-names" aria-hidden="true" style={{ top: headPx, width: gutterPx }}>
        {names.map((name, at) =>
          inSight(at, scroll.top, size.height) && isNamed(at, rows, layout) ? (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: masks may have the same name twice
              key={at}
              className="matrix-name"
              data-highlighted={rows.has(at) || undefined}
              style={{ top: at * cellPx - scroll.top, height: cellPx }}
            >
              <span>{name}</span>
              <i style={{ background: hexes[at] }} />
            </span>
          ) : null,
        )}
      </div>
      <div className="column-names" aria-hidden="true" style={{ left: gutterPx, height: headPx }}>
        {names.map((name, at) =>
          inSight(at, scroll.left, size.width) && isNamed(at, columns, layout) ? (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: masks may have the same name twice
              key={at}
              className="matrix-name"
              data-highlighted={columns.has(at) || undefined}
              style={{ left: at * cellPx - scroll.left, width: cellPx }}
            >
              <span>{name}</span>
            </span>
          ) : null,
        )}
      </div>
    </>
  );
}
