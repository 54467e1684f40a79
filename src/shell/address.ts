/** Applies the page's address on start, and keeps it in sync with the view afterwards. */
import { busyWhile, fetchedOnce, inBackground } from "../app/busy.ts";
import type { Commands } from "../app/commands/commands.ts";
import { getPreference } from "../base/preferences.ts";
import { FIELD_LIST, type LinkedView } from "../domain/view/fields.ts";
import { isSampleId } from "../features/open/samples.ts";
import { noticeShown, showError } from "../state/actions/case-actions.ts";
import { setView, viewLinked } from "../state/actions/view-actions.ts";
import type { AppState } from "../state/app-state.ts";
import { selectPatch } from "../state/case/shown-patch.ts";
import { useStore } from "../state/store.ts";
import { fieldsOf } from "../state/view/field-values.ts";
import { decodeView } from "../state/view/url.ts";
import { once, watch } from "../state/watch.ts";

/** Waits for a drag to pause, because browsers limit how often an address may change. */
const PAUSE_MS = 300;

/** Returns a function that stops updating the address. */
export function followUrl(commands: Commands): () => void {
  const params = new URLSearchParams(location.search);
  const link = decodeView(params);
  if (getPreference("convention") === "neurological") setView({ convention: "neurological" });
  viewLinked(link);
  if (link.sample === "synthetic" && link.phantomRegions) commands.openPhantom(link.phantomRegions);
  else if (link.sample && isSampleId(link.sample)) commands.openSample(link.sample);
  else if (link.sample) {
    showError(`Sample “${link.sample}” does not exist. Choose one from the Samples menu.`);
  }
  if (params.size > 0) inBackground(() => sayUnread(params, link));

  let timer: ReturnType<typeof setTimeout> | null = null;
  const stop = watch(addressed, () => {
    if (timer !== null) clearTimeout(timer);
    markAddress("behind");
    timer = setTimeout(() => {
      timer = null;
      // While a linked case loads, the address already describes what will be shown.
      const written = useStore.getState().loading === null ? write() : Promise.resolve();
      written.then(() => timer === null && markAddress("current")).catch(() => undefined);
    }, PAUSE_MS);
  });
  markAddress("current");
  return () => {
    stop();
    if (timer !== null) clearTimeout(timer);
  };
}

/** Says which parameters were left out. */
async function sayUnread(params: URLSearchParams, { sample }: LinkedView): Promise<void> {
  const { unreadNotice } = await busyWhile(() => import("../state/view/unread-parameters.ts"));
  const notice = unreadNotice(params);
  if (notice === null) return;
  // A case that opens replaces the notices, so the linked one comes first.
  if (sample) await once((s) => s.link === null || s.problem !== null);
  noticeShown(notice);
}

/**
 * Tells automation whether the address describes the view; an address that is behind keeps no one waiting.
 */
function markAddress(state: "current" | "behind"): void {
  document.documentElement.dataset.address = state;
}

/** Loads the writing code on first use; reading is needed first. */
function write(): Promise<void> {
  return writer()
    .then(({ writeUrl }) => writeUrl(useStore.getState()))
    .catch(() => undefined);
}

const writer = fetchedOnce(() => import("../state/view/url-write.ts"));

const ADDRESSED = FIELD_LIST.filter(([, row]) => row.address !== null && row.in !== "view").map(
  ([key]) => key,
);

/** Everything the address depends on. */
function addressed(s: AppState): readonly unknown[] {
  const fields: LinkedView = fieldsOf(s);
  return [
    s.openCase,
    s.view,
    s.configuration,
    selectPatch(s),
    s.secondLabels,
    s.otherDefinition,
    ...ADDRESSED.map((key) => fields[key]),
  ];
}
