/** Text of the live region that tells screen readers what keys and edits changed elsewhere on the page. */
import { useEffect, useState } from "react";
import { announceChanges } from "./announce-changes.ts";

export function Announcer() {
  const [status, setStatus] = useState({ text: "", times: 0 });
  useEffect(() => announceChanges((text) => setStatus(({ times }) => ({ text, times: times + 1 }))), []);
  // The same text twice would be no change and not be read, so every other announcement ends in a no-break
  // space.
  return status.times % 2 === 0 ? status.text : `${status.text}\u00a0`;
}
