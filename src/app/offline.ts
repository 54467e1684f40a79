/** Lets the page work offline after the first visit: its service worker stores every file of its version. */
import { setNewerVersion } from "../state/actions/case-actions.ts";

/**
 * Shown if no worker has this version's files: it is switched off, or the version was replaced before it had
 * stored them.
 */
export const PART_MISSING =
  "Part of the page could not be loaded: you may be offline, or a newer version has been released. Save your edits, then reload the page.";

/**
 * Whoever loads a part shows the error's message; this replaces the script's address in it with a sentence.
 */
function announceMissing(): void {
  window.addEventListener("vite:preloadError", ({ payload }) => {
    payload.message = PART_MISSING;
  });
}

/** Called once the page is displayed, so that registering does not delay the first image. */
export function workOffline(): void {
  announceMissing();
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  navigator.serviceWorker
    .register("./sw.js", { updateViaCache: "none" })
    .then(announceUpdate)
    .catch(() => {
      // Switched off, or served without https: the page works as before, from the network.
    });
}

/** A newer version waits until every page of this one is closed; only then does a reload start it. */
function announceUpdate(registration: ServiceWorkerRegistration): void {
  const checkForUpdate = () => {
    // The very first version also passes through the waiting state.
    if (registration.waiting && registration.active) setNewerVersion(true);
  };
  checkForUpdate();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", checkForUpdate);
  });
}
