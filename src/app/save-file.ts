/** Offers text or bytes to the user as a file. */
export function saveFile(name: string, content: string | Blob, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has started by then, so the blob is no longer needed.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Turns a case's name into part of a file name. */
export function fileStem(name: string): string {
  return name.replace(/[^\w.-]+/g, "_").replace(/^_+|_+$/g, "") || "case";
}
