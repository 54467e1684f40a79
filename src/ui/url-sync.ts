import type { Commands } from "../app/commands.ts";
import type { AppState } from "../state/app-state.ts";
import { selectRegionSet } from "../state/selectors.ts";
import { useStore } from "../state/store.ts";
import { selectPatch } from "../state/survival-questions.ts";
import { decodeView, encodeView, URL_KEYS } from "../state/url.ts";
import { isSampleId } from "./samples.ts";

/** Waits for a drag to pause: browsers limit how often an address may change. */
const PAUSE_MS = 300;

/** Opens what the page's address asks for, then keeps the address up to date. Returns what ends that. */
export function followUrl(commands: Commands): () => void {
  const link = decodeView(new URLSearchParams(location.search));
  useStore.getState().viewLinked(link);
  if (link.sample === "synthetic" && link.phantomRegions) commands.openPhantom(link.phantomRegions);
  else if (link.sample && isSampleId(link.sample)) commands.openSample(link.sample);
  else if (link.sample) {
    useStore
      .getState()
      .problemRaised(`There is no sample "${link.sample}": choose one from the Samples menu.`);
  }

  let timer: ReturnType<typeof setTimeout> | null = null;
  const stop = useStore.subscribe(
    addressed,
    () => {
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(() => {
        // While a linked case loads, the address already says what will be shown.
        if (useStore.getState().loading === null) writeUrl(useStore.getState());
      }, PAUSE_MS);
    },
    { equalityFn: (a, b) => a.every((value, i) => Object.is(value, b[i])) },
  );
  return () => {
    stop();
    if (timer !== null) clearTimeout(timer);
  };
}

/** What the address depends on. */
function addressed(s: AppState): readonly unknown[] {
  return [
    s.openCase,
    s.view,
    s.centre,
    s.mode,
    s.configuration,
    s.rowHeightPx,
    s.showVanishing,
    s.hidden,
    s.solo,
    s.soloMore,
    s.selectedRegion,
    s.selectedMore,
    selectPatch(s),
    s.patchWish.size,
    s.pooling,
  ];
}

function patchOf(s: AppState) {
  const patch = selectPatch(s);
  if (!patch) return {};
  return { patchOrigin: patch.origin, ...(s.patchWish.size ? { patchSize: s.patchWish.size } : {}) };
}

function writeUrl(s: AppState): void {
  if (!s.openCase) return;
  const params = new URLSearchParams(location.search);
  for (const key of URL_KEYS) params.delete(key);
  const sample = s.openCase.sampleId;
  const encoded = encodeView({
    ...(sample ? { sample } : {}),
    ...(sample === "synthetic" ? { phantomRegions: selectRegionSet(s)?.regions.length ?? 0 } : {}),
    centre: s.centre,
    mode: s.mode,
    ...(s.configuration && s.plans && s.plans.configurations.length > 1
      ? { configuration: s.configuration }
      : {}),
    ...(s.rowHeightPx === null ? {} : { rowHeightPx: s.rowHeightPx }),
    showVanishing: s.showVanishing,
    view: s.view,
    hidden: [...s.hidden],
    ...(s.solo === null ? {} : { solo: s.solo, soloMore: [...s.soloMore] }),
    ...(s.selectedRegion === null ? {} : { selected: s.selectedRegion, selectedMore: [...s.selectedMore] }),
    ...patchOf(s),
    ...(s.pooling === null ? {} : { pooling: s.pooling }),
  });
  for (const [key, value] of encoded) params.append(key, value);
  history.replaceState(null, "", `${location.pathname}?${params}${location.hash}`);
}
