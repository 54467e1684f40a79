/** What this browser remembers from visit to visit: how somebody wants every case shown. */

const PREFIX = "regionscope.";

/** What was remembered under a name; null where nothing was. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    // Storage is switched off: nothing is remembered.
    return null;
  }
}

/** @param value null forgets it */
export function remember(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, value);
  } catch {
    // Storage is switched off: it holds until the page is left.
  }
}
