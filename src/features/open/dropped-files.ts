/** Collects the files of a drop, walking through folders. */
import type { InputFile } from "../../formats/bytes/input-file.ts";

interface Dropped {
  readonly files: readonly InputFile[];
  /** The drop contained a folder. */
  readonly hasFolder: boolean;
}

/** Call it inside the drop event handler: the browser empties the transfer afterwards. */
export async function droppedFiles(transfer: DataTransfer): Promise<Dropped> {
  const entries = [...transfer.items].flatMap((item) => {
    const entry = item.kind === "file" ? item.webkitGetAsEntry() : null;
    return entry ? [entry] : [];
  });
  if (entries.length === 0) {
    return { files: [...transfer.files].map((file) => ({ path: file.name, blob: file })), hasFolder: false };
  }
  const lists = await Promise.all(entries.map(walk));
  return { files: lists.flat(), hasFolder: entries.some((entry) => entry.isDirectory) };
}

async function walk(entry: FileSystemEntry): Promise<InputFile[]> {
  if (isFile(entry)) {
    const blob = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    return [{ path: entry.fullPath.replace(/^\//, ""), blob }];
  }
  if (!isDirectory(entry)) return [];
  const reader = entry.createReader();
  const children: FileSystemEntry[] = [];
  // readEntries returns one batch per call, and an empty one at the end.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (part.length === 0) break;
    children.push(...part);
  }
  return (await Promise.all(children.map(walk))).flat();
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
