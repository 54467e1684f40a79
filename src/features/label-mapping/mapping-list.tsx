/** Table of the round trip, one row per label; only visible rows are rendered. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef } from "react";
import { exampleVoxel } from "../../domain/analysis/nearest-voxel.ts";
import { selectRegion, setActiveView, setVoxel } from "../../state/actions/view-actions.ts";
import { selectRegionRows } from "../../state/regions/region-rows.ts";
import { useStore } from "../../state/store.ts";
import { SpacerRow } from "../../ui/controls/spacer-row.tsx";
import type { MappingRow } from "./label-mapping-selectors.ts";
import { MappingLine } from "./mapping-line.tsx";
import { useLineFocus } from "./use-line-focus.ts";

const LINE_PX = 34;
const HEADS_PX = 26;

export function MappingList({ lines }: { readonly lines: readonly MappingRow[] }) {
  const rows = useStore(selectRegionRows);
  const selectedRegion = useStore((s) => s.selectedRegion);
  const hexes = useMemo(() => rows.map((row) => row.hex), [rows]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer<HTMLDivElement, HTMLTableRowElement>({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: 6,
    // The header row is inside the scroller, above the lines.
    scrollPaddingEnd: HEADS_PX,
  });
  const { current, onKeyDown, onFocus } = useLineFocus(
    virtual,
    lines.length,
    (line) => (lines[line]?.steps.length ?? 0) + 1,
  );
  const shown = virtual.getVirtualItems();
  const above = shown[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0);
  // The row with the Tab stop must be rendered.
  const stop = shown.some(({ index }) => index === current.line) ? current.line : (shown[0]?.index ?? 0);
  return (
    <div className="mapping-scroller" ref={scroller}>
      <table
        className="mapping"
        aria-label="Round trip of each label"
        aria-rowcount={lines.length + 1}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
      >
        <thead>
          <tr>
            <th className="mapping-label-head">Label in file</th>
            <th>Written by, in this order → as label</th>
            <th className="mapping-decoded-head">Label in prediction</th>
          </tr>
        </thead>
        <tbody>
          {above > 0 ? <SpacerRow px={above} columns={3} /> : null}
          {shown.map(({ index }) => {
            const line = lines[index];
            return line ? (
              <MappingLine
                key={line.label}
                line={line}
                index={index}
                hexes={hexes}
                selectedRegion={selectedRegion}
                reach={index === stop ? (index === current.line ? current.at : 0) : null}
                measure={virtual.measureElement}
                onLabel={showLabel}
                onRegion={selectRegion}
              />
            ) : null;
          })}
          {below > 0 ? <SpacerRow px={below} columns={3} /> : null}
        </tbody>
      </table>
      {lines.length === 0 ? <p className="nothing">No label changes.</p> : null}
    </div>
  );
}

/** Moves the crosshair to a voxel of the label and shows it in the grid, in a region that has the label. */
function showLabel({ label, steps }: MappingRow): void {
  const { openCase, selectedRegion } = useStore.getState();
  if (openCase?.source.kind !== "labels") return;
  const voxel = exampleVoxel(openCase.source.volume, label);
  if (!voxel) return;
  setVoxel(voxel);
  const remaining = steps.find((step) => step.remains)?.region;
  if (remaining !== undefined && !steps.some(({ region }) => region === selectedRegion)) {
    selectRegion(remaining);
  }
  setActiveView("grid");
}
