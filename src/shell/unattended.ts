/**
 * The application without its interface, for tools: opens cases and reports on them but draws nothing; the
 * only device is that of the worker that counts.
 */
import { Loader } from "../features/open/loader.ts";
import { prepareReader } from "../workers/reader.ts";
import { offerAutomation } from "./automation.ts";
import { startTrainingGrids } from "./training-grids.ts";

/** Parameter in the page's address. */
const UNATTENDED = "unattended";

export function isUnattended(): boolean {
  return new URLSearchParams(location.search).has(UNATTENDED);
}

/** @param root element of the page; shows a message to anyone who opens this address by hand */
export function workUnattended(root: HTMLElement): void {
  root.textContent =
    "This page shows nothing; a Regionscope tool uses it to make reports. Remove ?unattended from the address to open Regionscope.";
  offerAutomation({ loader: new Loader(), session: null, verification: null });
  prepareReader();
  startTrainingGrids(false).catch(() => undefined);
}
