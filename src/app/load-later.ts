/** What only some loads need; their scripts are fetched then. */
import type { InputFile } from "../formats/inputs.ts";
import type { OpenedView } from "../formats/open.ts";
import { useStore } from "../state/store.ts";
import { readLike } from "./reader-choice.ts";

type FolderContent = import("./look-at-folder.ts").FolderContent;
type TookAsB = typeof import("./second-labels.ts").tookAsB;

/** See `second-labels.ts`. */
export async function tookAsB(...given: Parameters<TookAsB>): Promise<boolean> {
  const { workStarted, workEnded } = useStore.getState();
  workStarted();
  try {
    return await (await import("./second-labels.ts")).tookAsB(...given);
  } finally {
    workEnded();
  }
}

/** See `look-at-folder.ts`. */
export async function lookAtFolder(files: readonly InputFile[], hasCase: boolean): Promise<FolderContent> {
  return (await import("./look-at-folder.ts")).lookAtFolder(files, hasCase);
}

export async function applyView(view: OpenedView): Promise<void> {
  const { showView } = await import("./view-files.ts");
  // Its places are those of the case as that reader gives it.
  if (view.saved.reader) await readLike(view.saved.reader);
  showView(view);
}
