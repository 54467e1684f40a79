/**
 * The list of regions: its order, and several selected at once. `selectedRegion` of the view stays the
 * current one.
 */
import type { StateCreator } from "zustand";
import type { AppState } from "../app-state.ts";
import { selectRegionRows } from "../regions/region-rows.ts";
import {
  NO_SOLO,
  ONE_SELECTED,
  selectionOf,
  selectSelected,
  soloNames,
  soloOf,
} from "../regions/selected-regions.ts";

/** As the definition has them; by name; largest first; those that vanish at the finest scale first. */
export type RegionSort = "order" | "name" | "volume" | "vanishing";

export interface RegionListSlice {
  readonly regionSort: RegionSort;
  /** Selected beside `selectedRegion`, which is not among them. */
  readonly selectedMore: ReadonlySet<string>;
  /** Where a range begins; null begins it at the current region. */
  readonly rangeFrom: string | null;
  /** Shown alone together with `solo`, which is not among them; empty without it. */
  readonly soloMore: ReadonlySet<string>;

  setRegionSort(sort: RegionSort): void;
  /** Adds a region to the selection or takes it out; what was added becomes the current one. */
  toggleSelected(name: string): void;
  /**
   * Selects all from where the range begins up to a region, which becomes the current one.
   * @param order names as the list has them
   */
  selectRange(order: readonly string[], to: string): void;
  /** Selects all of these; the current region stays the current one if it is among them. */
  selectEvery(names: readonly string[]): void;
  /** Shows exactly the selected regions; a second time ends that. */
  soloSelected(): void;
  endSolo(): void;
  /** Hides the selected regions, or shows them where all of them are hidden. */
  hideSelected(): void;
  /** Hides all but the selected regions. */
  hideOthers(): void;
}

export const createRegionListSlice: StateCreator<AppState, [], [], RegionListSlice> = (set) => ({
  ...ONE_SELECTED,
  regionSort: "order",
  soloMore: NO_SOLO.soloMore,

  setRegionSort: (regionSort) => set({ regionSort }),
  toggleSelected: (name) =>
    set((s) => {
      const selected = selectSelected(s);
      const others = selected.filter((other) => other !== name);
      const names = others.length < selected.length ? others : [name, ...others];
      return { ...selectionOf(names), rangeFrom: name, concerned: [] };
    }),
  selectRange: (order, to) =>
    set((s) => {
      const rangeFrom = s.rangeFrom ?? s.selectedRegion ?? to;
      const [from, end] = [order.indexOf(rangeFrom), order.indexOf(to)];
      if (end < 0) return {};
      if (from < 0) return { ...selectionOf([to]), rangeFrom: to, concerned: [] };
      const names = order.slice(Math.min(from, end), Math.max(from, end) + 1);
      return { ...selectionOf([to, ...names.filter((name) => name !== to)]), rangeFrom, concerned: [] };
    }),
  selectEvery: (names) =>
    set(({ selectedRegion }) => {
      const rest = names.filter((name) => name !== selectedRegion);
      const first = rest.length < names.length && selectedRegion !== null ? [selectedRegion] : [];
      return { ...selectionOf([...first, ...rest]), concerned: [] };
    }),

  soloSelected: () =>
    set((s) => {
      const selected = selectSelected(s);
      const alone = soloNames(s);
      const same = alone.size === selected.length && selected.every((name) => alone.has(name));
      return same ? NO_SOLO : soloOf(selected);
    }),
  endSolo: () => set(NO_SOLO),
  hideSelected: () =>
    set((s) => {
      const selected = selectSelected(s);
      if (selected.length === 0) return {};
      const hidden = new Set(s.hidden);
      if (selected.every((name) => hidden.has(name))) {
        for (const name of selected) hidden.delete(name);
        return { hidden };
      }
      for (const name of selected) hidden.add(name);
      return { hidden, ...soloOf([...soloNames(s)].filter((name) => !selected.includes(name))) };
    }),
  hideOthers: () =>
    set((s) => {
      const selected = new Set(selectSelected(s));
      if (selected.size === 0) return {};
      const others = selectRegionRows(s).filter(({ name }) => !selected.has(name));
      return { hidden: new Set(others.map(({ name }) => name)), ...NO_SOLO };
    }),
});
