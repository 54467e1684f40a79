/** Text of the live region that tells screen readers what keys and edits changed elsewhere on the page. */
import { useEffect, useState } from "react";
import { followChanges } from "./announce-changes.ts";

export function Spoken() {
  const [said, setSaid] = useState({ text: "", times: 0 });
  useEffect(() => followChanges((text) => setSaid(({ times }) => ({ text, times: times + 1 }))), []);
  // The same text twice would be no change and not be read, so every other announcement ends in a no-break
  // space.
  return said.times % 2 === 0 ? said.text : `${said.text}\u00a0`;
}
