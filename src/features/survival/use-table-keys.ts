/** Keyboard navigation of the survival table. */
import type { KeyboardEvent, RefObject } from "react";
import { expandRegions, survivalMoved } from "../../state/actions/survival-actions.ts";
import type { SurvivalPlace } from "../../state/slices/survival-slice.ts";
import type { SurvivalLine } from "./survival-rows.ts";

/** Returns the region or component of a row; null for the row of unlisted components. */
export function placeOf(line: SurvivalLine): SurvivalPlace | null {
  if (line.kind === "rest") return null;
  const region = line.row.region.name;
  return { region, component: line.kind === "component" ? line.component : null };
}

/**
 * Tree keys: up and down move, right expands, left collapses or goes to the region, Enter activates the row.
 */
export function useTableKeys(
  lines: readonly SurvivalLine[],
  at: number,
  use: (line: SurvivalLine) => void,
  scroller: RefObject<HTMLElement | null>,
): (event: KeyboardEvent) => void {
  /** Moves to the nearest row from `to` on, in the given direction, that can be selected. */
  const go = (to: number, by: 1 | -1) => {
    for (let i = Math.max(0, Math.min(lines.length - 1, to)); i >= 0 && i < lines.length; i += by) {
      const line = lines[i];
      const place = line ? placeOf(line) : null;
      if (place) return survivalMoved(place);
    }
  };
  const page = () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / 30) - 3);
  const line = lines[at];

  const right = () => {
    if (line?.kind !== "region") return;
    if (line.expanded) go(at + 1, 1);
    else expandRegions([line.row.region.name], true);
  };
  const left = () => {
    if (line?.kind === "region") expandRegions([line.row.region.name], false);
    else if (line) survivalMoved({ region: line.row.region.name, component: null });
  };
  const acts: Readonly<Record<string, () => void>> = {
    ArrowDown: () => go(at + 1, 1),
    ArrowUp: () => go(at - 1, -1),
    PageDown: () => go(at + page(), -1),
    PageUp: () => go(at - page(), 1),
    Home: () => go(0, 1),
    End: () => go(lines.length - 1, -1),
    ArrowRight: right,
    ArrowLeft: left,
    Enter: () => line && use(line),
    " ": () => line && use(line),
  };
  return (event) => {
    const act = acts[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
}
