/** Overlay shown while files are dragged over the page; they may be dropped anywhere on it. */
import { useEffect, useState } from "react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { droppedAsB } from "../../state/case/compared-file.ts";
import { useStore } from "../../state/store.ts";

export function DropOverlay() {
  const commands = useCommands();
  const asB = useStore(droppedAsB);
  const [over, setOver] = useState(false);
  useEffect(() => {
    const listening = new AbortController();
    const on = { signal: listening.signal };
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    window.addEventListener("dragenter", (event) => hasFiles(event) && setOver(true), on);
    window.addEventListener(
      "dragover",
      (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
        setOver(true);
      },
      on,
    );
    // Leaving the browser window has no related target; leaving a child element has one.
    window.addEventListener("dragleave", (event) => event.relatedTarget === null && setOver(false), on);
    window.addEventListener(
      "drop",
      (event) => {
        setOver(false);
        if (!event.dataTransfer || !hasFiles(event)) return;
        event.preventDefault();
        commands.openDrop(event.dataTransfer);
      },
      on,
    );
    return () => listening.abort();
  }, [commands]);
  if (!over) return null;
  return (
    <div className="drop-overlay">
      <p>
        <b>{asB ? "Drop to compare" : "Drop to open"}</b>
        {asB
          ? `${asB === "file" ? "One label file" : "A dataset.json"} loads as B; anything else opens as usual`
          : "Label files, images, dataset.json, plans.json, or a whole dataset folder"}
      </p>
    </div>
  );
}
