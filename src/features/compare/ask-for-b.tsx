/** Placeholder shown instead of B until its file is open. */
import type { Rect } from "../../base/rect.ts";
import { comparedFile } from "../../state/case/compared-file.ts";
import { useStore } from "../../state/store.ts";

export function AskForB({ rect }: { readonly rect: Rect }) {
  const kind = useStore((s) => s.compareKind);
  const awaited = useStore((s) => comparedFile(s)?.name ?? null);
  const apart = useStore((s) => s.secondApart?.labels.name ?? null);
  if (kind !== "file" && kind !== "definition") return null;
  const isApart = kind === "file" && awaited !== null && awaited === apart;
  return (
    <div
      className="compare-ask on-picture"
      style={{ left: rect.x, top: rect.y, width: rect.width, height: rect.height }}
      role="status"
    >
      {awaited ? (
        <p>
          This view compares with <b>{awaited}</b>,{" "}
          {isApart ? "whose position does not match the case with the current reader." : "which is not open."}
        </p>
      ) : (
        <p>
          {kind === "file"
            ? "Load a second label file to compare."
            : "Choose a second dataset.json to compare."}
        </p>
      )}
      <p>
        {isApart
          ? "Switch back to the previous reader, or load another file with the button above."
          : "Use the button above, or drop the file here."}
      </p>
    </div>
  );
}
