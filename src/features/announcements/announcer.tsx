import { useEffect, useState } from "react";
import { followChanges } from "./announce-changes.ts";

/**
 * The text of the live region that a screen reader says: what keys and edits changed elsewhere on the page.
 */
export function Spoken() {
  const [said, setSaid] = useState({ text: "", times: 0 });
  useEffect(() => followChanges((text) => setSaid(({ times }) => ({ text, times: times + 1 }))), []);
  // The same sentence twice would be no change, and not be said: every other one ends in a space of its own.
  return said.times % 2 === 0 ? said.text : `${said.text}\u00a0`;
}
