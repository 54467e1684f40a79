import { type ComponentType, type ReactNode, useEffect, useSyncExternalStore } from "react";
import { workInBackground } from "../../app/busy.ts";
import { PART_MISSING } from "../../app/offline.ts";

/** A part of the page whose script comes after the page's own. */
interface Later<P> {
  readonly View: ComponentType<P>;
  /** Fetches the script, so that the part is there at once when it is wanted. */
  fetch(): void;
}

/**
 * Unlike React's own `lazy`, a part whose script is here is rendered at once, never as its stand-in first.
 * @param standIn takes the part's place until then
 */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
  standIn: ReactNode = null,
): Later<P> {
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
          // Asked for again when the part is shown next.
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
