import { useVirtualizer } from "@tanstack/react-virtual";
import { Search } from "lucide-react";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { useCommands } from "../../app/commands-context.ts";
import { selectRegionRows, selectVoxelMl } from "../../state/row-selectors.ts";
import { selectRegionSet, selectScales } from "../../state/selectors.ts";
import { useStore } from "../../state/store.ts";
import { Segmented } from "../controls/segmented.tsx";
import { removeSelected } from "../editor/actions.ts";
import { DefinitionSection } from "../editor/definition-section.tsx";
import { EditBar } from "../editor/edit-bar.tsx";
import { regionCard } from "../later-views.tsx";
import { whyNoRegions } from "./no-regions.ts";
import { RegionLine } from "./region-row.tsx";
import { searchRegions } from "./search.ts";
import { LINE_PX, useRowDrag } from "./use-row-drag.ts";

const HEADS_PX = 25;

const UNITS = [
  { value: "voxels", name: "Size in voxels", face: "vox" },
  { value: "ml", name: "Size in millilitres", face: "ml" },
] as const;

/** The regions, the selected one to be edited, and the definition they are in. */
export function RegionsPanel() {
  return (
    <>
      <RegionList />
      <regionCard.View />
      <DefinitionSection />
    </>
  );
}

/** The list of regions: a table, of which only the lines in sight exist. */
function RegionList() {
  const commands = useCommands();
  const rows = useStore(selectRegionRows);
  const scales = useStore((s) => selectScales(s).length);
  const voxelMl = useStore(selectVoxelMl);
  const patched = useStore((s) => s.patchWish.on);
  const selected = useStore((s) => s.selectedRegion);
  const concerned = useStore((s) => s.concerned);
  const hidden = useStore((s) => s.hidden);
  const solo = useStore((s) => s.solo);
  const noRegions = useStore(whyNoRegions);
  const [query, setQuery] = useState("");
  const [unit, setUnit] = useState<"voxels" | "ml">("voxels");
  const found = useMemo(() => searchRegions(rows, query), [rows, query]);
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useVirtualizer({
    count: found.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: 8,
    // The heads stand in the scroller, above the lines.
    scrollPaddingEnd: HEADS_PX,
  });

  const movable = useStore((s) => s.definition !== null && selectRegionSet(s)?.trainsOn === "regions");
  const { drag, onGrip } = useRowDrag(scroller, found, commands);

  const at = found.findIndex((row) => row.name === selected);
  useEffect(() => {
    if (at >= 0) lines.scrollToIndex(at, { align: "auto" });
  }, [at, lines]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Delete" && at >= 0) {
      event.preventDefault();
      removeSelected(commands);
      return;
    }
    // Alt moves the line itself: a key of the whole page.
    if (event.altKey) return;
    const to = target(event.key, at, found.length);
    const name = to === null ? undefined : found[to]?.name;
    if (name === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    useStore.getState().selectRegion(name);
  };

  const shown = lines.getVirtualItems();
  const above = shown[0]?.start ?? 0;
  const below = lines.getTotalSize() - (shown.at(-1)?.end ?? 0);
  return (
    <section className="panel regions" aria-labelledby="regions-title">
      <div className="panel-head">
        <h2 id="regions-title">Regions</h2>
        <Tally total={rows.length} hidden={hidden.size} solo={solo !== null} />
        {voxelMl === null ? null : (
          <Segmented label="Size of regions" options={UNITS} value={unit} onChange={setUnit} />
        )}
      </div>
      <label className="search">
        <Search size={14} aria-hidden />
        <input
          type="search"
          placeholder="Search regions or labels"
          aria-label="Search regions or labels"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      </label>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys select within the table */}
      <div
        className="table-scroller"
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: one stop for the whole table
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <table className="region-table" aria-label="Regions" aria-rowcount={rows.length + 1}>
          <thead>
            <tr className="region-heads">
              <th className="cell-shown">
                <span className="visually-hidden">shown</span>
              </th>
              <th className="cell-color">
                <span className="visually-hidden">colour</span>
              </th>
              <th className="cell-name">name</th>
              <th className="cell-labels">labels</th>
              <th className="cell-size">{patched ? "in patch" : unit}</th>
              <th
                className="cell-dots"
                title="One dot a scale: filled present, half fewer than 8 voxels, hollow vanished, crossed absent"
              >
                scales
              </th>
              <th className="cell-solo">
                <span className="visually-hidden">solo</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {above > 0 ? <Spacer px={above} /> : null}
            {shown.map(({ index }) => {
              const row = found[index];
              return row ? (
                <RegionLine
                  key={row.name}
                  row={row}
                  scales={scales}
                  voxelMl={unit === "ml" ? voxelMl : null}
                  selected={row.name === selected}
                  concerned={concerned.includes(row.name)}
                  shown={!hidden.has(row.name)}
                  solo={row.name === solo}
                  onGrip={movable ? onGrip : null}
                />
              ) : null;
            })}
            {below > 0 ? <Spacer px={below} /> : null}
          </tbody>
        </table>
        {drag ? <i className="drop-line" aria-hidden="true" style={{ top: drag.linePx + HEADS_PX }} /> : null}
        {found.length === 0 ? <p className="nothing">{noRegions ?? "No region matches."}</p> : null}
      </div>
      <EditBar />
    </section>
  );
}

function Tally(props: { readonly total: number; readonly hidden: number; readonly solo: boolean }) {
  const showAll = useStore((s) => s.showAll);
  if (!props.solo && props.hidden === 0) return <span className="tally">{props.total}</span>;
  return (
    <span className="tally">
      {props.solo ? "solo" : `${props.total - props.hidden} of ${props.total}`}
      <button type="button" className="link" onClick={showAll}>
        show all
      </button>
    </span>
  );
}

function Spacer({ px }: { readonly px: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row of nothing, which no focus reaches
    <tr aria-hidden="true">
      <td colSpan={7} style={{ height: px, padding: 0 }} />
    </tr>
  );
}

/** Where a key moves the selection to, or null. */
function target(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: Math.min(at + 1, count - 1),
    ArrowUp: Math.max(at - 1, 0),
    Home: 0,
    End: count - 1,
  };
  return moves[key] ?? null;
}
