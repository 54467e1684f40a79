/**
 * Table of the voxels in A, B and both of everything compared, with the Dice score. Renders only visible
 * rows.
 */
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp, LocateFixed } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef } from "react";
import { formatCount } from "../../base/format-numbers.ts";
import type { RowOrder } from "../../domain/view/view-values.ts";
import { setFields } from "../../state/actions/fields-actions.ts";
import type { CompareQuery } from "../../state/slices/compare-slice.ts";
import { useStore } from "../../state/store.ts";
import { DiceAxis, DiceBar } from "../../ui/controls/dice-bar.tsx";
import { IconButton } from "../../ui/controls/icon-button.tsx";
import { SpacerRow } from "../../ui/controls/spacer-row.tsx";
import { rowAfterKey } from "../resampling-changes/row-after-key.ts";
import { type CompareLine, passes, sorted } from "./compare-lines.ts";
import { selectCompareQuery } from "./compare-selectors.ts";
import { chooseRow, chosenChannel, goToRow } from "./difference-steps.ts";
import { useLines } from "./use-lines.ts";

const NEXT: Readonly<Record<RowOrder, RowOrder>> = { list: "lowest", lowest: "highest", highest: "list" };
const SORT = { list: "none", lowest: "ascending", highest: "descending" } as const;
const ROW_PX = 26;
const HEADS_PX = 36;
const COLUMNS = 6;

export function OverlapTable() {
  const query = useStore(selectCompareQuery);
  const isPooled = useStore((s) => s.pooling !== null);
  if (!query) return null;
  if (isPooled) {
    return (
      <p className="compare-note">
        A is pooled, but voxels are counted only with nnU-Net's sampling. Choose that sampling to see counts.
      </p>
    );
  }
  return <Table query={query} />;
}

function Table({ query }: { readonly query: CompareQuery }) {
  const order = useStore((s) => s.compareOrder);
  const filter = useStore((s) => s.compareFilter);
  const all = useLines();
  const lines = useMemo(
    () =>
      sorted(
        all.filter((line) => passes(line, filter)),
        order,
      ),
    [all, filter, order],
  );
  const voxels = useStore((s) => (s.compareResult?.query === query ? s.compareResult.counts.voxels : null));
  const selected = useStore((s) => s.selectedRegion);
  const row = useStore((s) => s.compareRow);
  const channel = chosenChannel(query, selected, row);
  const at = lines.findIndex((line) => line.channel === channel);
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 40,
    // The table head is inside the scroller, above the rows.
    scrollPaddingEnd: HEADS_PX,
  });
  /** The row that was pressed, which must not move under the pointer. */
  const pressed = useRef<number | null>(null);
  useEffect(() => {
    if (at >= 0 && pressed.current !== channel) virtual.scrollToIndex(at, { align: "auto" });
    pressed.current = null;
  }, [at, channel, virtual]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.target !== event.currentTarget) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_PX) - 2);
    const to = rowAfterKey(event.key, at, lines.length, page);
    const line = lines[to ?? at];
    if (!line || (to === null && event.key !== "Enter")) return;
    event.preventDefault();
    event.stopPropagation();
    if (to === null) goToRow(query, line.channel);
    else chooseRow(query, line.channel);
  };

  const shown = virtual.getVirtualItems();
  const above = shown[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0);
  return (
    <div className="compare-scroller" ref={scroller}>
      <table
        className="compare-table"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: ARIA in HTML allows it, and cells keep their meaning
        role="grid"
        aria-label="Overlap of A and B"
        aria-busy={voxels === null}
        aria-rowcount={lines.length + 1}
        aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
        aria-describedby={`${id}-help`}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <Heads order={order} />
        <tbody>
          {above > 0 ? <SpacerRow px={above} columns={COLUMNS} /> : null}
          {shown.map(({ index }) => {
            const line = lines[index];
            return line ? (
              <Line
                key={line.channel}
                id={`${id}-${index}`}
                index={index}
                line={line}
                query={query}
                isChosen={index === at}
                onPress={() => {
                  pressed.current = line.channel;
                }}
              />
            ) : null;
          })}
          {below > 0 ? <SpacerRow px={below} columns={COLUMNS} /> : null}
        </tbody>
      </table>
      {lines.length === 0 ? <p className="compare-note">Nothing to list here.</p> : null}
      <p className="compare-note">{noteOf(voxels)}</p>
      <p id={`${id}-help`} className="visually-hidden">
        Arrow keys choose a row, Enter goes to the largest place where it differs.
      </p>
    </div>
  );
}

function noteOf(voxels: "own" | "full" | null): string {
  if (voxels === null) return "Counting…";
  return voxels === "own"
    ? "Counts are at the scale shown on both sides."
    : "Counts are at scale 0; coarse voxels are expanded first.";
}

function Heads({ order }: { readonly order: RowOrder }) {
  const Arrow = order === "lowest" ? ArrowUp : ArrowDown;
  return (
    <thead>
      <tr>
        <th scope="col">Region or label</th>
        <th scope="col">Voxels in A</th>
        <th scope="col">In B</th>
        <th scope="col">In both</th>
        <th scope="col" aria-sort={SORT[order]}>
          <span className="compare-dice">
            <button
              type="button"
              className="compare-sort"
              title="Sort by Dice (click to switch: lowest first, highest first, list order)"
              onClick={() => setFields({ compareOrder: NEXT[order] })}
            >
              Dice {order === "list" ? null : <Arrow size={12} aria-hidden />}
            </button>
            <DiceAxis sides="A and B" />
          </span>
        </th>
        <th scope="col">
          <span className="visually-hidden">Go to</span>
        </th>
      </tr>
    </thead>
  );
}

interface LineProps {
  readonly id: string;
  readonly index: number;
  readonly line: CompareLine;
  readonly query: CompareQuery;
  readonly isChosen: boolean;
  readonly onPress: () => void;
}

function Line({ id, index, line, query, isChosen, onPress }: LineProps) {
  const { channel, name, nameInB, hex, count, dice, onlyIn } = line;
  const go = () => goToRow(query, channel);
  return (
    <tr
      id={id}
      aria-rowindex={index + 2}
      aria-selected={isChosen}
      data-selected={isChosen || undefined}
      onPointerDown={onPress}
      onClick={() => chooseRow(query, channel)}
      onDoubleClick={go}
    >
      <th scope="row">
        <span className="compare-region">
          <i className="swatch" style={{ background: hex }} />
          <span title={name}>{name}</span>
          {nameInB ? <small title={`Named ${nameInB} in B`}>{nameInB} in B</small> : null}
          {onlyIn ? <b className="compare-only">only in {onlyIn}</b> : null}
        </span>
      </th>
      <td>{count ? formatCount(count.a) : "…"}</td>
      <td>{count ? formatCount(count.b) : "…"}</td>
      <td>{count ? formatCount(count.both) : "…"}</td>
      <td>{count ? dice === null ? <small>both empty</small> : <Dice dice={dice} /> : "…"}</td>
      <td>
        <IconButton
          icon={LocateFixed}
          label={`Go to the largest difference of ${name}`}
          tabIndex={-1}
          onClick={go}
        />
      </td>
    </tr>
  );
}

/** Never displays 1 if anything differs. */
function Dice({ dice }: { readonly dice: number }) {
  const shown = dice < 1 ? Math.min(dice, 0.9999) : 1;
  return (
    <span className="compare-dice">
      <b>{shown.toFixed(4)}</b>
      <DiceBar dice={dice} />
    </span>
  );
}
