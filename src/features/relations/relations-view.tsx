/** View that compares every region with every other. */
import { useMemo, useState } from "react";
import { formatCount } from "../../base/format-numbers.ts";
import type { RegionSet } from "../../domain/dataset/region-set.ts";
import type { Relation, Relations } from "../../domain/dataset/relations.ts";
import { selectRegion } from "../../state/actions/view-actions.ts";
import { selectRegionSet } from "../../state/case/case-selectors.ts";
import { selectRegionRows } from "../../state/regions/region-rows.ts";
import { useStore } from "../../state/store.ts";
import type { Cell } from "./cell.ts";
import { CellDetail } from "./cell-detail.tsx";
import { Matrix } from "./matrix.tsx";
import { RelationLegend } from "./relation-legend.tsx";
import { RelationList } from "./relation-list.tsx";
import { MAX_RELATED, type RelationUnit, selectContainment, selectRelations } from "./relations-selectors.ts";
import { useRelations } from "./relations-state.ts";
import { RelationsToolbar } from "./relations-toolbar.tsx";
import { relationSentence } from "./text.ts";

export function RelationsView() {
  const set = useStore(selectRegionSet);
  const hasCase = useStore((s) => s.openCase !== null);
  const asked = useRelations((s) => s.unit);
  const unit: RelationUnit = set?.fromMasks ? "voxels" : hasCase ? asked : "labels";
  const relations = useStore((s) => selectRelations(s, unit));
  return (
    <>
      <RelationsToolbar unit={unit} masks={set?.fromMasks ?? false} hasCase={hasCase} />
      {set && relations && relations.size > 0 ? (
        <RelationsOf set={set} relations={relations} />
      ) : (
        <p className="grid-nothing">
          {set && set.regions.length > MAX_RELATED
            ? `There are ${formatCount(set.regions.length)} regions; relations are shown for up to ${formatCount(MAX_RELATED)}.`
            : "There are no regions to compare."}
        </p>
      )}
    </>
  );
}

function RelationsOf({ set, relations }: { readonly set: RegionSet; readonly relations: Relations }) {
  const regions = useStore(selectRegionRows);
  const grouped = useRelations((s) => s.grouped);
  const cellSize = useRelations((s) => s.cellSize);
  const column = useRelations((s) => Math.min(s.column, relations.size - 1));
  const containment = useStore((s) => selectContainment(s, relations.unit));
  const order = useMemo(
    () => (grouped ? containment : regions.map((region) => region.channel)),
    [grouped, containment, regions],
  );
  const row = useStore((s) => regions.findIndex((region) => region.name === s.selectedRegion));
  const [hover, setHover] = useState<Cell | null>(null);

  const cursor = row < 0 ? null : { row: order.indexOf(row), column: order.indexOf(column) };
  const onCursor = (cell: Cell) => {
    const name = regions[order[cell.row] ?? 0]?.name;
    useRelations.setState({ column: order[cell.column] ?? 0 });
    if (name !== undefined) selectRegion(name);
  };
  const onNext = (relation: Relation) => {
    const next = nextCell(relations, order, cursor, relation);
    if (next) onCursor(next);
  };
  const pairOf = (cell: Cell | null): readonly [number, number] | null =>
    cell && [order[cell.row] ?? 0, order[cell.column] ?? 0];
  const pair = pairOf(cursor);
  return (
    <section className="relations-view" aria-label="Relations">
      <RelationLegend relations={relations} onNext={onNext} />
      <div className="relations-body">
        <Matrix
          relations={relations}
          order={order}
          regions={regions}
          cellSize={cellSize}
          cursor={cursor}
          hover={hover}
          onCursor={onCursor}
          onHover={setHover}
        />
        <div className="relations-side">
          {row < 0 ? (
            <p className="muted">Select a region, here or in the list on the left, to list its relations.</p>
          ) : (
            <RelationList
              relations={relations}
              regions={regions}
              definitions={set.fromMasks ? null : set.regions}
              channel={row}
              column={column}
              onPick={(channel) => useRelations.setState({ column: channel })}
            />
          )}
        </div>
      </div>
      <CellDetail
        relations={relations}
        definitions={set.regions}
        fromMasks={set.fromMasks}
        pair={pairOf(hover) ?? pair}
      />
      <p className="visually-hidden" aria-live="polite">
        {pair
          ? relationSentence(relations, ...pair, {
              a: regions[pair[0]]?.name ?? "",
              b: regions[pair[1]]?.name ?? "",
            })
          : null}
      </p>
    </section>
  );
}

/** Finds the next cell of a kind, row by row from the cursor, wrapping around. */
function nextCell(
  relations: Relations,
  order: readonly number[],
  from: Cell | null,
  relation: Relation,
): Cell | null {
  const count = order.length;
  const start = from ? from.row * count + from.column + 1 : 0;
  for (let i = 0; i < count * count; i++) {
    const at = (start + i) % (count * count);
    const [row, column] = [Math.floor(at / count), at % count];
    if (row !== column && relations.relation(order[row] ?? 0, order[column] ?? 0) === relation) {
      return { row, column };
    }
  }
  return null;
}
