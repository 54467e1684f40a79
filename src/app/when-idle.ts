/** Waits for a moment in which the browser has nothing to do, for background work on the page's thread. */

/** A page that draws all the time is never idle; a step runs after this delay at the latest. */
export const SOON = { timeout: 100 } as const;
/** Waits longer after opening, so that the first image comes first. */
export const AFTER_OPENING = { timeout: 2000 } as const;

export function whenIdle(options: IdleRequestOptions): Promise<unknown> {
  return new Promise((resolve) => requestIdleCallback(resolve, options));
}
