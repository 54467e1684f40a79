/** Which file the case is compared with. */
import type { AwaitedFile } from "../../domain/view/view-values.ts";
import type { AppState } from "../app-state.ts";

/**
 * What a link or a saved view has to name: the file that B is of, open or asked for; null where B needs none.
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
 * What a single dropped file is taken as: B of the comparison that is shown; null where it is opened as
 * anywhere else.
 */
export function droppedAsB(s: AppState): AwaitedFile["kind"] | null {
  const { activeView, compareKind: kind } = s;
  const takesFile =
    activeView === "compare" && s.openCase !== null && (kind === "file" || kind === "definition");
  return takesFile ? kind : null;
}
