/** The survival table: regions that expand to their components. Renders only visible rows. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useId, useMemo, useRef } from "react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { spacingMm, type Triple } from "../../domain/geometry/grid.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { expandRegions, survivalMoved } from "../../state/actions/survival-actions.ts";
import { selectComponentShares, selectPatchShares } from "../../state/case/patch-shares-selectors.ts";
import { isSurvivalFresh, selectShownScales } from "../../state/case/shown-patch.ts";
import { searchRegions } from "../../state/regions/search.ts";
import { useStore } from "../../state/store.ts";
import { SpacerRow } from "../../ui/controls/spacer-row.tsx";
import { SurvivalHeads } from "./survival-heads.tsx";
import { SurvivalTableLine } from "./survival-line.tsx";
import { type SurvivalLine, selectSurvivalRows, survivalLines } from "./survival-rows.ts";
import { placeOf, useTableKeys } from "./use-table-keys.ts";

const REGION_PX = 30;
const COMPONENT_PX = 24;
/** Extra height of rows for the second line, with shares of patches. */
const SHARES_PX = 14;
const HEADS_PX = 58;
const FLAT: Triple = [1, 1, 1];

export function SurvivalTable() {
  const commands = useCommands();
  const lines = useLines();
  const scales = useStore(selectShownScales);
  const fresh = useStore(isSurvivalFresh);
  const hasShares = useStore((s) => selectPatchShares(s) !== null);
  const hasParts = useStore((s) => selectComponentShares(s) !== null);
  const source = useStore((s) => s.openCase?.source);
  const cursor = useStore((s) => s.survivalCursor);
  const selected = useStore((s) => s.selectedRegion);
  const spacing = useMemo(() => (source ? spacingMm(sourceGrid(source)) : FLAT), [source]);
  const most = useStore((s) =>
    selectSurvivalRows(s).reduce((max, row) => Math.max(max, row.survival?.voxels ?? 0), 1),
  );
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const heightOf = useCallback(
    (line: SurvivalLine | undefined) =>
      line?.kind === "rest"
        ? COMPONENT_PX
        : line?.kind === "component"
          ? COMPONENT_PX + (hasParts ? SHARES_PX : 0)
          : REGION_PX + (hasShares ? SHARES_PX : 0),
    [hasShares, hasParts],
  );
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heightOf(lines[index]),
    overscan: 12,
    // The table head is inside the scroller, above the rows.
    scrollPaddingEnd: HEADS_PX,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: other lines have other heights
  useEffect(() => virtual.measure(), [lines, heightOf, virtual]);

  const at = lines.findIndex(
    (line) =>
      cursor !== null &&
      line.row.region.name === cursor.region &&
      (cursor.component === null
        ? line.kind === "region"
        : line.kind === "component" && line.component === cursor.component),
  );
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: "auto" });
  }, [at, virtual]);
  // Selecting a region elsewhere moves the cursor to it.
  useEffect(() => {
    const state = useStore.getState();
    if (selected !== null && state.survivalCursor?.region !== selected) {
      survivalMoved({ region: selected, component: null });
    }
  }, [selected]);

  const use = useCallback(
    (line: SurvivalLine) => {
      const state = useStore.getState();
      const place = placeOf(line);
      if (!place) return;
      if (line.kind === "component") commands.showComponent(place);
      else {
        survivalMoved(place);
        expandRegions([place.region], !state.survivalExpanded.has(place.region));
      }
    },
    [commands],
  );
  const onKeyDown = useTableKeys(lines, at, use, scroller);

  const shown = virtual.getVirtualItems();
  const above = shown[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0);
  const lineId = (index: number) => `${id}-${index}`;
  return (
    <div className="survival-scroller" ref={scroller}>
      <table
        className="survival-table"
        data-shares={hasShares || undefined}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: ARIA in HTML allows it, and cells keep their meaning
        role="treegrid"
        aria-label="Survival of regions and components"
        aria-rowcount={lines.length + 1}
        aria-busy={!fresh}
        aria-activedescendant={at >= 0 ? lineId(at) : undefined}
        tabIndex={0}
        // The style sheet derives column widths from it.
        style={{ ["--scales" as string]: scales.length }}
        onKeyDown={onKeyDown}
      >
        <SurvivalHeads scales={scales} hasShares={hasShares} hasParts={hasParts} />
        <tbody data-stale={!fresh || undefined}>
          {above > 0 ? <SpacerRow px={above} columns={4 + scales.length} /> : null}
          {shown.map(({ index }) => {
            const line = lines[index];
            return line ? (
              <SurvivalTableLine
                key={keyOf(line)}
                line={line}
                id={lineId(index)}
                index={index}
                heightPx={heightOf(line)}
                current={index === at}
                scales={scales}
                spacing={spacing}
                most={most}
                onUse={use}
              />
            ) : null;
          })}
          {below > 0 ? <SpacerRow px={below} columns={4 + scales.length} /> : null}
        </tbody>
      </table>
      {lines.length === 0 ? <Nothing /> : null}
    </div>
  );
}

function useLines(): readonly SurvivalLine[] {
  const rows = useStore(selectSurvivalRows);
  const list = useStore((s) => s.survivalList);
  const expanded = useStore((s) => s.survivalExpanded);
  const scales = useStore(selectShownScales);
  return useMemo(() => {
    const found = new Set(
      searchRegions(
        rows.map(({ region }) => region),
        list.search,
      ),
    );
    return survivalLines(
      rows.filter(({ region }) => found.has(region)),
      list,
      expanded,
      scales,
    );
  }, [rows, list, expanded, scales]);
}

function Nothing() {
  const { search, onlyGone } = useStore((s) => s.survivalList);
  const fresh = useStore(isSurvivalFresh);
  if (search !== "") return <p className="nothing">No region matches.</p>;
  return onlyGone && fresh ? <p className="nothing">Nothing is gone at any scale used in the loss.</p> : null;
}

function keyOf(line: SurvivalLine): string {
  const part = line.kind === "component" ? line.component : line.kind;
  return `${line.row.region.name} ${part}`;
}
