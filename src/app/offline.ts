/** After a first visit the page needs no network: its service worker holds every file of the version it belongs to. */

/** Registered once the page stands, so that it takes nothing from the first picture. */
export function workOffline(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  navigator.serviceWorker.register("./sw.js", { updateViaCache: "none" }).catch(() => {
    // Switched off, or served without https: the page works as before, from the network.
  });
}
