/** The regions panel: region list, definition bar and editor of the selected region. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { Palette, PanelBottom, Plus } from "lucide-react";
import {
  type KeyboardEvent,
  type MouseEvent,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { formatCount } from "../../base/format-numbers.ts";
import { setFields } from "../../state/actions/fields-actions.ts";
import { setRegionSort } from "../../state/actions/region-list-actions.ts";
import { showAll } from "../../state/actions/view-actions.ts";
import { selectRegionSet, selectScales } from "../../state/case/case-selectors.ts";
import { whyNoRegions } from "../../state/case/why-no-regions.ts";
import { showKeyNote } from "../../state/key-note.ts";
import { hasFileColors } from "../../state/regions/color-source.ts";
import { selectListedRows } from "../../state/regions/region-order.ts";
import { type RegionRow, selectRows, selectVoxelMl } from "../../state/regions/region-rows.ts";
import { hasLabel, searchedLabel, searchRegions } from "../../state/regions/search.ts";
import type { RegionSort } from "../../state/slices/region-list-slice.ts";
import { showStatus } from "../../state/status.ts";
import { useStore } from "../../state/store.ts";
import { IconButton } from "../../ui/controls/icon-button.tsx";
import { SearchField } from "../../ui/controls/search-field.tsx";
import { Segmented } from "../../ui/controls/segmented.tsx";
import { SpacerRow } from "../../ui/controls/spacer-row.tsx";
import { keyOf } from "../../ui/keys.ts";
import { commandIn } from "../../ui/scoped-keys.ts";
import { addRegion, removeSelected } from "../definition/actions.ts";
import { DefinitionBar } from "../definition/definition-bar.tsx";
import { useEditor } from "../definition/editor-state.ts";
import { regionCard } from "../definition/lazy.tsx";
import { dotsLegend, regionBar } from "./lazy.tsx";
import { RegionLine } from "./region-row.tsx";
import { clickRegion, pressInList, pressInSearch, SORTS } from "./region-select.ts";
import { LINE_PX, useRowDrag } from "./use-row-drag.ts";

const HEADS_PX = 25;

const UNITS = [
  { value: "voxels", name: "Size in voxels", face: "voxels" },
  { value: "ml", name: "Size in mL", face: "mL" },
] as const;

type Unit = (typeof UNITS)[number]["value"];

/** Only the list takes the remaining height, so selecting, editing or messages change no other height. */
export function RegionsPanel() {
  const dataset = useStore((s) => s.datasetsOpened);
  const [unit, setUnit] = useState<Unit>("voxels");
  return (
    <>
      <RegionList key={dataset} unit={unit} onUnit={setUnit} />
      <DefinitionBar />
      <regionCard.View />
    </>
  );
}

interface ListProps {
  readonly unit: Unit;
  readonly onUnit: (unit: Unit) => void;
}

/** Virtualised table that renders only visible rows. */
function RegionList({ unit, onUnit }: ListProps) {
  const commands = useCommands();
  const rows = useStore(selectListedRows);
  const sort = useStore((s) => s.regionSort);
  const scales = useStore(selectScales);
  const voxelMl = useStore(selectVoxelMl);
  const patched = useStore((s) => s.patchSettings.on);
  const selected = useStore((s) => s.selectedRegion);
  const highlighted = useStore((s) => s.highlighted);
  const more = useStore((s) => s.selectedMore);
  const shownRows = useStore(selectRows);
  const isShown = useMemo(() => new Set(shownRows), [shownRows]);
  const solo = useStore((s) => s.solo);
  const soloMore = useStore((s) => s.soloMore);
  const hasColors = useStore(hasFileColors);
  const fileColors = useStore((s) => s.fileColors);
  const noRegions = useStore(whyNoRegions);
  const fromMasks = useStore((s) => selectRegionSet(s)?.fromMasks ?? true);
  const cardOpen = useEditor((s) => s.cardOpen);
  const [search, setSearch] = useState("");
  const found = useMemo(() => searchRegions(rows, search), [rows, search]);
  const label = searchedLabel(search);
  /** What Enter selected, and for which text. */
  const entered = useRef<{ readonly text: string; readonly name: string | null } | null>(null);
  const onSearchKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (!pressInSearch(event.key, found, search, entered.current?.text === search)) return;
    event.preventDefault();
    if (event.key !== "Enter") {
      entered.current = null;
      return;
    }
    entered.current = { text: search, name: useStore.getState().selectedRegion };
    // The keys are the list's and the page's again: a shortcut typed into the search would empty the list. A
    // text without a match is still to be corrected.
    if (found.length > 0) table.current?.focus({ preventScroll: true });
  };
  const order = useMemo(() => found.map(({ name }) => name), [found]);
  const orderNow = useRef(order);
  useEffect(() => {
    orderNow.current = order;
  });
  const scroller = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLTableElement>(null);
  const lines = useVirtualizer({
    count: found.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: 8,
    // The table head is inside the scroller, above the rows.
    scrollPaddingEnd: HEADS_PX,
  });

  const movable = useStore((s) => s.definition !== null && selectRegionSet(s)?.trainsOn === "regions");
  const { drag, list } = useRowDrag(scroller, found);

  const at = found.findIndex((row) => row.name === selected);
  /**
   * The row just selected by a click. It is under the pointer already, so scrolling to show all of it would
   * move it away from the pointer.
   */
  const clicked = useRef<string | null>(null);
  useEffect(() => {
    const isUnderPointer = clicked.current !== null && clicked.current === selected;
    clicked.current = null;
    if (at >= 0 && !isUnderPointer) lines.scrollToIndex(at, { align: "auto" });
  }, [at, selected, lines]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (commandIn("region-list", event.nativeEvent)) {
      event.preventDefault();
      if (at < 0)
        showKeyNote(
          `${keyOf("region-remove")} needs a selected region: click its row, or press ${keyOf("region-next")}.`,
        );
      else if (entered.current?.text === search && entered.current.name === selected)
        // It may be meant for the text of the search, which Enter has left.
        showKeyNote(
          `${keyOf("region-remove")} removes no region that the search selected: click its row first.`,
        );
      else if (more.size === 0) removeSelected(commands);
      else showStatus("Only one region can be removed at a time. Select one.");
      return;
    }
    if (event.key === "Enter" && event.target === table.current) return onSearchKey(event);
    // Alt with an arrow key moves the row itself; a page-wide shortcut handles it.
    if (event.altKey || !pressInList(event.key, order, event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onPick = useCallback((event: MouseEvent, name: string) => {
    clicked.current = name;
    entered.current = null;
    clickRegion(name, orderNow.current, event);
    // Lets keys continue from the clicked row, unless one of its controls has the focus.
    if (event.shiftKey) table.current?.focus({ preventScroll: true });
  }, []);

  const shown = lines.getVirtualItems();
  const above = shown[0]?.start ?? 0;
  const below = lines.getTotalSize() - (shown.at(-1)?.end ?? 0);
  return (
    <section className="panel regions" aria-labelledby="regions-title">
      <div className="panel-head">
        <h2 id="regions-title">Regions</h2>
        <Tally rows={rows} shown={isShown} found={search.trim() === "" ? null : found} />
        {hasColors ? (
          <IconButton
            icon={Palette}
            label={
              fileColors
                ? "Colours from the file. Switch to automatic"
                : "Automatic colours. Switch to the file's"
            }
            pressed={fileColors}
            onClick={() => setFields({ fileColors: !fileColors })}
          />
        ) : null}
        {fromMasks ? null : (
          <IconButton
            icon={Plus}
            label={`Add region (${keyOf("new-region")})`}
            onClick={({ detail }) => detail <= 1 && addRegion(commands)}
          />
        )}
        <IconButton
          icon={PanelBottom}
          label="Show region details"
          pressed={cardOpen}
          onClick={() => useEditor.setState({ cardOpen: !cardOpen })}
        />
        {voxelMl === null ? null : (
          <Segmented label="Size of regions" options={UNITS} value={unit} onChange={onUnit} />
        )}
      </div>
      <div className="search-line">
        <SearchField
          placeholder="Name or label"
          label="Search regions or labels"
          command="search"
          value={search}
          onChange={setSearch}
          onKeyDown={onSearchKey}
        />
        <select
          className="field sort-field"
          aria-label="Sort regions"
          title="Sort regions"
          value={sort}
          onChange={(event) => setRegionSort(sortOf(event.target.value))}
        >
          {SORTS.map(({ value, name }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <regionBar.View movable={movable} />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms */}
      <div
        className="table-scroller"
        ref={scroller}
        role="group"
        aria-label="List of regions; several can be selected"
        onKeyDown={onKeyDown}
      >
        <table
          className="region-table"
          style={{ ["--scales" as string]: scales.length }}
          ref={table}
          aria-label="Regions"
          aria-rowcount={found.length + 1}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: one stop for the whole table, whose arrow keys a screen reader lets through
          tabIndex={0}
        >
          <thead>
            <tr className="region-heads">
              <th className="cell-shown">
                <span className="visually-hidden">shown</span>
              </th>
              <th className="cell-color">
                <span className="visually-hidden">colour</span>
              </th>
              <th className="cell-name">Name</th>
              <th className="cell-labels">Labels</th>
              <th className="cell-size">{patched ? "In patch" : unit === "ml" ? "mL" : "Voxels"}</th>
              <th className="cell-dots">Scales</th>
              <th className="cell-solo">
                <span className="visually-hidden">solo</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {above > 0 ? <SpacerRow px={above} columns={7} /> : null}
            {shown.map(({ index }) => {
              const row = found[index];
              return row ? (
                <RegionLine
                  key={row.name}
                  row={row}
                  scales={scales}
                  voxelMl={unit === "ml" ? voxelMl : null}
                  index={index}
                  current={row.name === selected}
                  selected={row.name === selected || more.has(row.name)}
                  highlighted={highlighted.includes(row.name)}
                  shown={isShown.has(row)}
                  solo={row.name === solo || soloMore.has(row.name)}
                  searched={hasLabel(row, label) ? label : null}
                  list={movable && sort === "order" ? list : null}
                  onPick={onPick}
                />
              ) : null;
            })}
            {below > 0 ? <SpacerRow px={below} columns={7} /> : null}
          </tbody>
        </table>
        {drag ? <i className="drop-line" aria-hidden="true" style={{ top: drag.linePx + HEADS_PX }} /> : null}
        {found.length === 0 ? <p className="nothing">{noRegions ?? "No region matches."}</p> : null}
      </div>
      <dotsLegend.View />
    </section>
  );
}

interface TallyProps {
  readonly rows: readonly RegionRow[];
  readonly shown: ReadonlySet<RegionRow>;
  /** What a search lists; null without one. */
  readonly found: readonly RegionRow[] | null;
}

function Tally({ rows, shown, found }: TallyProps) {
  const regions = rows.filter((row) => !row.inNoRegion);
  const total = regions.length;
  if (found) {
    return (
      <span className="tally">
        {formatCount(found.length)} of {formatCount(rows.length)}
      </span>
    );
  }
  if (shown.size === rows.length) return <span className="tally">{formatCount(total)}</span>;
  return (
    <span className="tally">
      {formatCount(regions.filter((row) => shown.has(row)).length)}/{formatCount(total)}
      <button type="button" className="link" onClick={showAll}>
        show all
      </button>
    </span>
  );
}

function sortOf(text: string): RegionSort {
  return SORTS.find(({ value }) => value === text)?.value ?? "order";
}
