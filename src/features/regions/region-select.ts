/** Sort orders and selection in the region list: single, additive and range selection as in any list. */
import { chooseRegion, showRegion } from "../../state/actions/go-to.ts";
import { selectEvery, selectRange, toggleSelected } from "../../state/actions/region-list-actions.ts";
import type { RegionRow } from "../../state/regions/region-rows.ts";
import { bestMatch } from "../../state/regions/search.ts";
import type { RegionSort } from "../../state/slices/region-list-slice.ts";
import { useStore } from "../../state/store.ts";

export const SORTS: readonly { readonly value: RegionSort; readonly name: string }[] = [
  { value: "order", name: "File order" },
  { value: "name", name: "By name" },
  { value: "volume", name: "Largest first" },
  { value: "gone", name: "Most often gone first" },
];

interface Keys {
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

/** Handles a click on a row. @param order names in list order */
export function clickRegion(name: string, order: readonly string[], keys: Keys): void {
  if (keys.shiftKey) selectRange(order, name);
  else if (keys.ctrlKey || keys.metaKey) toggleSelected(name);
  else chooseRegion(name);
}

/** Handles a key pressed in the list. Returns whether the key was used. */
export function pressInList(key: string, order: readonly string[], keys: Keys): boolean {
  const { selectedRegion } = useStore.getState();
  const withCtrl = keys.ctrlKey || keys.metaKey;
  if (withCtrl && key.toLowerCase() === "a") {
    selectEvery(order);
    return true;
  }
  if (withCtrl) return false;
  const name = nextRow(key, order, selectedRegion);
  if (name === undefined) return false;
  if (keys.shiftKey) selectRange(order, name);
  else chooseRegion(name);
  return true;
}

/**
 * Handles a key pressed in the search field: Enter selects the best match, and again the next one; arrow keys
 * select the row below or above. Returns whether the key was used.
 * @param found rows that match the text, in list order
 * @param isRepeated true if Enter has selected the best match of this text already
 */
export function pressInSearch(
  key: string,
  found: readonly RegionRow[],
  text: string,
  isRepeated: boolean,
): boolean {
  const order = found.map(({ name }) => name);
  if (key !== "Enter") return /^Arrow(Up|Down)$/.test(key) && pressInList(key, order, NO_KEYS);
  if (text.trim() === "") return false;
  const { selectedRegion } = useStore.getState();
  const next = isRepeated && selectedRegion !== null ? order.indexOf(selectedRegion) + 1 : -1;
  const name = next < 0 ? bestMatch(found, text)?.name : order[next % order.length];
  if (name !== undefined) showRegion(name);
  return true;
}

const NO_KEYS: Keys = { ctrlKey: false, metaKey: false, shiftKey: false };

/** Returns the row that a key moves the current row to. */
function nextRow(key: string, order: readonly string[], current: string | null): string | undefined {
  const at = current === null ? -1 : order.indexOf(current);
  const last = order.length - 1;
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: Math.min(at + 1, last),
    ArrowUp: Math.max(at - 1, 0),
    Home: 0,
    End: last,
  };
  const to = moves[key];
  return to === undefined ? undefined : order[to];
}
