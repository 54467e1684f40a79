/** Actions of the region list: sort order, multiple selection, and showing or hiding the selected regions. */
import { setPreference } from "../../base/preferences.ts";
import { selectAllRows } from "../regions/region-rows.ts";
import { NO_SOLO, selectionOf, selectSelected, soloNames, soloOf } from "../regions/selected-regions.ts";
import { GOES_TO_SELECTED, type RegionSort } from "../slices/region-list-slice.ts";
import { useStore } from "../store.ts";

export function setRegionSort(regionSort: RegionSort): void {
  useStore.setState({ regionSort });
}

/** Decides whether selecting a region moves the crosshair to it, now and on later visits. */
export function setGoesToSelected(goesToSelected: boolean): void {
  setPreference(GOES_TO_SELECTED, goesToSelected ? "" : null);
  useStore.setState({ goesToSelected });
}

/** Adds a region to the selection and makes it the current one, or removes it. */
export function toggleSelected(name: string): void {
  useStore.setState((s) => {
    const selected = selectSelected(s);
    const others = selected.filter((other) => other !== name);
    const names = others.length < selected.length ? others : [name, ...others];
    return { ...selectionOf(names), rangeFrom: name, highlighted: [] };
  });
}

/**
 * Selects all regions from the start of the range to `to`, which becomes the current one.
 * @param order names in the order of the list
 */
export function selectRange(order: readonly string[], to: string): void {
  useStore.setState((s) => {
    const rangeFrom = s.rangeFrom ?? s.selectedRegion ?? to;
    const [from, end] = [order.indexOf(rangeFrom), order.indexOf(to)];
    if (end < 0) return {};
    if (from < 0) return { ...selectionOf([to]), rangeFrom: to, highlighted: [] };
    const names = order.slice(Math.min(from, end), Math.max(from, end) + 1);
    return { ...selectionOf([to, ...names.filter((name) => name !== to)]), rangeFrom, highlighted: [] };
  });
}

/** Selects these regions; the current one stays current if it is among them. */
export function selectEvery(names: readonly string[]): void {
  useStore.setState(({ selectedRegion }) => {
    const rest = names.filter((name) => name !== selectedRegion);
    const first = rest.length < names.length && selectedRegion !== null ? [selectedRegion] : [];
    return { ...selectionOf([...first, ...rest]), highlighted: [] };
  });
}

/** Shows only the selected regions; a second call shows all again. */
export function soloSelected(): void {
  useStore.setState((s) => {
    const selected = selectSelected(s);
    const alone = soloNames(s);
    const same = alone.size === selected.length && selected.every((name) => alone.has(name));
    return same ? NO_SOLO : soloOf(selected);
  });
}

export function endSolo(): void {
  useStore.setState(NO_SOLO);
}

/** Hides the selected regions, or shows them if all of them are hidden. */
export function hideSelected(): void {
  useStore.setState((s) => {
    const selected = selectSelected(s);
    if (selected.length === 0) return {};
    const hidden = new Set(s.hidden);
    if (selected.every((name) => hidden.has(name))) {
      for (const name of selected) hidden.delete(name);
      return { hidden };
    }
    for (const name of selected) hidden.add(name);
    return { hidden, ...soloOf([...soloNames(s)].filter((name) => !selected.includes(name))) };
  });
}

/** Hides all but the selected regions. */
export function hideOthers(): void {
  useStore.setState((s) => {
    const selected = new Set(selectSelected(s));
    if (selected.size === 0) return {};
    const others = selectAllRows(s).filter(({ name }) => !selected.has(name));
    return { hidden: new Set(others.map(({ name }) => name)), ...NO_SOLO };
  });
}
