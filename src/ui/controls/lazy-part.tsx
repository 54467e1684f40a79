/** Components whose scripts load after the page's own. */
import { type ComponentType, type ReactNode, useEffect, useSyncExternalStore } from "react";
import { workInBackground } from "../../app/busy.ts";
import { PART_MISSING } from "../../app/offline.ts";

/** A part of the page whose script loads after the page's own. */
interface LazyView<P> {
  readonly View: ComponentType<P>;
  /** Starts loading the script so that the part is ready when it is needed. */
  fetch(): void;
}

/**
 * Unlike React's `lazy`, a part whose script has loaded renders immediately, without showing its stand-in
 * first.
 * @param standIn shown until the script has loaded
 */
export function lazyView<P extends object>(
  load: () => Promise<ComponentType<P>>,
  standIn: ReactNode = null,
): LazyView<P> {
  let ready: ComponentType<P> | null = null;
  let loading = false;
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const fetch = () => {
    if (loading) return;
    loading = true;
    workInBackground(
      async () => {
        try {
          ready = await load();
        } catch (error) {
          // Retries when the part is shown next.
          loading = false;
          throw error;
        }
        for (const listener of listeners) listener();
      },
      { sentence: () => PART_MISSING },
    );
  };
  function View(props: P) {
    const Ready = useSyncExternalStore(subscribe, () => ready);
    useEffect(fetch, []);
    return Ready ? <Ready {...props} /> : standIn;
  }
  return { View, fetch };
}
