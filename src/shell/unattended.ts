/**
 * The application without its interface, for tools whose answers nobody looks at: cases are opened and
 * reported on, nothing is drawn, and the only device is that of the worker that counts.
 */
import { Loader } from "../features/open/loader.ts";
import { prepareReader } from "../workers/reader.ts";
import { offerAutomation } from "./automation.ts";

/** In the page's address. */
const UNATTENDED = "unattended";

export function isUnattended(): boolean {
  return new URLSearchParams(location.search).has(UNATTENDED);
}

/** @param root where the page would be; whoever opens it by hand is told what it is */
export function workUnattended(root: HTMLElement): void {
  root.textContent =
    "This page shows nothing: a tool of Regionscope makes reports with it. Remove ?unattended from the address to open Regionscope.";
  offerAutomation({ loader: new Loader(), session: null, verification: null });
  prepareReader();
}
