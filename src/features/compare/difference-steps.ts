/**
 * Chooses rows of the comparison, and moves the crosshair from one place where the sides differ to the next.
 */
import { workInBackground } from "../../app/busy.ts";
import { inTimeSlices } from "../../base/time-slice.ts";
import { type DifferencePlaces, differencePlaces } from "../../domain/analysis/difference-places.ts";
import { boxMm } from "../../domain/geometry/grid.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { differenceLeft, differenceVisited, rowChosen } from "../../state/actions/compare-actions.ts";
import { selectRegion } from "../../state/actions/view-actions.ts";
import { selectComparedLayers } from "../../state/regions/layer-selectors.ts";
import type { CompareQuery } from "../../state/slices/compare-slice.ts";
import { useStore } from "../../state/store.ts";
import { selectCompareQuery } from "./compare-selectors.ts";
import { type DifferenceStep, useCompare } from "./compare-state.ts";

/** Places by the channels they are of. Those of a comparison that is no longer shown are let go. */
const known = new WeakMap<CompareQuery, Map<string, DifferencePlaces>>();
let searching: Search | null = null;

interface Search {
  readonly query: CompareQuery;
  readonly channels: string;
  readonly channel: number | null;
  readonly work: AbortController;
}

/**
 * The chosen row of a comparison; null for none.
 * @param row the name of one that is no region, chosen while no region is selected
 */
export function chosenChannel(
  { rows, regions }: CompareQuery,
  selected: string | null,
  row: string | null,
): number | null {
  const name = selected ?? row;
  const channel = rows.findIndex((one, at) => one.name === name && at < regions === (selected !== null));
  return channel < 0 ? null : channel;
}

export function chooseRow({ rows, regions }: CompareQuery, channel: number): void {
  const name = rows[channel]?.name ?? null;
  selectRegion(channel < regions ? name : null);
  rowChosen(channel < regions ? null : name);
}

/** Chooses a row and goes to the largest place where it differs. */
export function goToRow(query: CompareQuery, channel: number): void {
  chooseRow(query, channel);
  useCompare.setState({ step: null });
  stepDifference(1);
}

/**
 * Goes to the next (1) or previous (-1) place of the chosen row, or of all rows that are drawn; largest
 * first.
 */
export function stepDifference(by: 1 | -1): void {
  const state = useStore.getState();
  const query = selectCompareQuery(state);
  if (!query || state.pooling !== null) return;
  const channel = chosenChannel(query, state.selectedRegion, state.compareRow);
  const drawn = selectComparedLayers(state).map((layer) => layer.channel);
  const channels =
    channel === null ? drawn.filter((c) => c < query.channels).sort((p, q) => p - q) : [channel];
  const places = known.get(query)?.get(channels.join());
  if (places) go(query, channel, places, by);
  else search(query, channel, channels, by);
}

/** Ends what steps show. */
export function endSteps(): void {
  searching?.work.abort();
  searching = null;
  differenceLeft();
  useCompare.setState({ step: null });
}

function show(query: CompareQuery, channel: number | null, step: DifferenceStep): void {
  useCompare.setState({ step: { query, channel, step } });
}

function search(query: CompareQuery, channel: number | null, channels: readonly number[], by: 1 | -1): void {
  const key = channels.join();
  const before = searching;
  // Another press of the key would only begin again.
  if (before?.query === query && before.channel === channel && before.channels === key) return;
  before?.work.abort();
  const work = new AbortController();
  const search: Search = { query, channel, channels: key, work };
  searching = search;
  const { signal } = work;
  show(query, channel, { kind: "pending", fraction: 0 });
  const isShown = () => selectCompareQuery(useStore.getState()) === query;
  const onSlice = (fraction: number) => {
    if (isShown()) show(query, channel, { kind: "pending", fraction });
    else work.abort();
  };
  workInBackground(
    async () => {
      try {
        const places = await inTimeSlices(differencePlaces(query.a, query.b, channels), { signal, onSlice });
        signal.throwIfAborted();
        const ofQuery = known.get(query) ?? new Map<string, DifferencePlaces>();
        known.set(query, ofQuery.set(key, places));
        if (isShown()) go(query, channel, places, by);
      } finally {
        if (searching === search) searching = null;
        if (useCompare.getState().step?.step.kind === "pending" && !searching)
          useCompare.setState({ step: null });
      }
    },
    { signal, sentence: (why) => `The places where A and B differ could not be found: ${why}` },
  );
}

function go(
  query: CompareQuery,
  channel: number | null,
  { listed, places }: DifferencePlaces,
  by: 1 | -1,
): void {
  const { step: last } = useCompare.getState();
  const isOn = last?.query === query && last.channel === channel && last.step.kind === "at";
  const before = isOn && last.step.kind === "at" ? last.step.nth - 1 : by === 1 ? -1 : 0;
  const next = (before + by + listed.length) % Math.max(1, listed.length);
  const place = listed[next];
  if (!place) {
    differenceLeft();
    show(query, channel, { kind: "none" });
    return;
  }
  differenceVisited(place.example, boxMm(sourceGrid(query.a.source), place.box));
  show(query, channel, { kind: "at", place, nth: next + 1, of: places });
}
