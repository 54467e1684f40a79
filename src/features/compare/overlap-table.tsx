/** Table of every region's voxels in A, B and both, with the Dice score. */
import { ArrowDown, ArrowUp } from "lucide-react";
import { useState } from "react";
import { formatCount } from "../../base/format-numbers.ts";
import { diceOf } from "../../domain/analysis/overlap-counts.ts";
import { selectRegion } from "../../state/actions/view-actions.ts";
import { type RegionRow, selectRegionRows } from "../../state/regions/region-rows.ts";
import { useStore } from "../../state/store.ts";
import { selectCompareQuery } from "./compare-selectors.ts";

type Order = "list" | "lowest" | "highest";

const NEXT: Readonly<Record<Order, Order>> = { list: "lowest", lowest: "highest", highest: "list" };
const SORT = { list: "none", lowest: "ascending", highest: "descending" } as const;

export function OverlapTable() {
  const [order, setOrder] = useState<Order>("list");
  const rows = useStore(selectRegionRows);
  const query = useStore(selectCompareQuery);
  const result = useStore((s) => s.compareResult);
  const pooled = useStore((s) => s.pooling !== null);
  const selected = useStore((s) => s.selectedRegion);
  if (!query) return null;
  if (pooled) {
    return (
      <p className="compare-note">
        A is pooled, but voxels are counted only with nnU-Net's sampling. Choose that sampling to see counts.
      </p>
    );
  }
  const counts = result?.query === query ? result.counts : null;
  const lines = rows.map((row) => {
    const count = counts?.regions[row.channel] ?? null;
    return { row, count, dice: count && diceOf(count), missing: query.missing.includes(row.name) };
  });
  // Regions that are empty on both sides have no Dice and come last.
  if (order !== "list") {
    const sign = order === "lowest" ? 1 : -1;
    lines.sort((a, b) =>
      a.dice === null || b.dice === null
        ? Number(a.dice === null) - Number(b.dice === null)
        : sign * (a.dice - b.dice),
    );
  }
  const Arrow = order === "lowest" ? ArrowUp : ArrowDown;
  return (
    <div className="compare-scroller">
      <table className="compare-table" aria-label="Overlap of A and B" aria-busy={counts === null}>
        <thead>
          <tr>
            <th scope="col">Region</th>
            <th scope="col">Voxels in A</th>
            <th scope="col">In B</th>
            <th scope="col">In both</th>
            <th scope="col" aria-sort={SORT[order]}>
              <button
                type="button"
                className="compare-sort"
                title="Sort by Dice (click to switch: lowest first, highest first, list order)"
                onClick={() => setOrder(NEXT[order])}
              >
                Dice {order === "list" ? null : <Arrow size={12} aria-hidden />}
              </button>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ row, count, dice, missing }) => (
            <tr
              key={row.channel}
              data-selected={row.name === selected || undefined}
              onClick={() => selectRegion(row.name)}
            >
              <th scope="row">
                <RegionButton row={row} selected={row.name === selected} missing={missing} />
              </th>
              <td>{count ? formatCount(count.a) : "…"}</td>
              <td>{count ? formatCount(count.b) : "…"}</td>
              <td>{count ? formatCount(count.both) : "…"}</td>
              <td>{count ? dice === null ? <small>both empty</small> : <Dice dice={dice} /> : "…"}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="compare-note">
        {counts === null
          ? "Counting…"
          : counts.voxels === "own"
            ? "Counts are at the scale shown on both sides."
            : "Counts are at full size; coarse voxels are expanded first."}
      </p>
    </div>
  );
}

function RegionButton({
  row,
  selected,
  missing,
}: {
  readonly row: RegionRow;
  readonly selected: boolean;
  readonly missing: boolean;
}) {
  return (
    <button type="button" className="compare-region" aria-pressed={selected}>
      <i className="swatch" style={{ background: row.hex }} />
      <span>{row.name}</span>
      {missing ? <small>not in B</small> : null}
    </button>
  );
}

/** Never displays 1 if anything differs. */
function Dice({ dice }: { readonly dice: number }) {
  const shown = dice < 1 ? Math.min(dice, 0.9999) : 1;
  return (
    <span className="compare-dice">
      <i style={{ width: Math.round(dice * 44) }} />
      <b>{shown.toFixed(4)}</b>
    </span>
  );
}
