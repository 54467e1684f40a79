/** Wraps functions that only some loads need; their scripts are fetched on the first call. */
import { busyWhile, inBackground } from "../../app/busy.ts";
import type { InputFile } from "../../formats/bytes/input-file.ts";
import type { OpenedView } from "../../formats/intake/definition-files.ts";
import { showOpenedNote } from "./opened-note.ts";
import { readLike } from "./reader-choice.ts";

type FolderContent = import("./look-at-folder.ts").FolderContent;
type TookAsB = typeof import("../compare/second-labels.ts").tookAsB;

/** See `second-labels.ts`. */
export function tookAsB(...given: Parameters<TookAsB>): Promise<boolean> {
  return busyWhile(async () => (await import("../compare/second-labels.ts")).tookAsB(...given));
}

/** See `look-at-folder.ts`. */
export function lookAtFolder(files: readonly InputFile[], hasCase: boolean): Promise<FolderContent> {
  return busyWhile(async () => (await import("./look-at-folder.ts")).lookAtFolder(files, hasCase));
}

export function applyView(view: OpenedView): Promise<void> {
  return busyWhile(async () => {
    const { showView } = await import("../share/view-file.ts");
    // Positions in a saved view are voxels of the case as that reader places it.
    if (view.saved.reader) await readLike(view.saved.reader);
    await showView(view);
  });
}

/** Says that a case has replaced another; see `opened-text.ts`. */
export function sayOpened(labelsFile: string | null): void {
  inBackground(async () => {
    const { openedText } = await busyWhile(() => import("./opened-text.ts"));
    showOpenedNote(openedText(labelsFile));
  });
}
