/** Determines which file the case is compared with. */
import type { AwaitedFile } from "../../domain/view/view-values.ts";
import type { AppState } from "../app-state.ts";

/**
 * The file that a link or saved view must name: that of side B, open or still requested; null if B needs
 * none.
 */
export function comparedFile(
  s: Pick<AppState, "compareKind" | "secondLabels" | "otherDefinition" | "compareAwaits">,
): AwaitedFile | null {
  const { compareKind: kind } = s;
  if (kind !== "definition" && kind !== "file") return null;
  const name = kind === "file" ? s.secondLabels?.name : s.otherDefinition?.title;
  if (name !== undefined) return { kind, name };
  return s.compareAwaits?.kind === kind ? s.compareAwaits : null;
}

/**
 * The kind of side B that a single dropped file is loaded as in Compare; null if it opens as it would
 * anywhere else.
 */
export function droppedAsB(s: AppState): AwaitedFile["kind"] | null {
  const { activeView, compareKind: kind } = s;
  const takesFile =
    activeView === "compare" && s.openCase !== null && (kind === "file" || kind === "definition");
  return takesFile ? kind : null;
}
