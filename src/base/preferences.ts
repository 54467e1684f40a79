/** Stores what this browser remembers between visits: how the user wants every case shown. */

const PREFIX = "regionscope.";

/** The value remembered under a name; null if there is none. */
export function getPreference(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    // Storage is disabled: nothing is remembered.
    return null;
  }
}

/** @param value null deletes the entry */
export function setPreference(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, value);
  } catch {
    // Storage is disabled: the setting lasts until the user leaves the page.
  }
}
