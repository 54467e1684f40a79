/** Reads and checks cases of a dataset, one at a time. The files come from the tool's server. */
import { InputError } from "../base/errors.ts";
import { HeldBlob } from "../formats/bytes/held-blob.ts";
import type { InputFile } from "../formats/bytes/input-file.ts";
import { ReusedMemory } from "../formats/bytes/memory.ts";
import { tryFirstImage } from "../formats/intake/reader-clues.ts";
import type { CaseCheckRequest, CaseCheckResults, ServedFiles } from "./case-check-protocol.ts";
import { checkedCase } from "./checked-case.ts";
import { serve } from "./serve.ts";

const memory = new ReusedMemory();

async function answer(request: CaseCheckRequest): Promise<CaseCheckResults[keyof CaseCheckResults]> {
  try {
    if (request.kind === "check") {
      const { setup, one } = request;
      return await checkedCase(setup, one, () => fetched(one.files), memory);
    }
    const files = await fetched(request.files);
    const [first] = files;
    return first ? await tryFirstImage(first, files) : null;
  } finally {
    memory.giveAllBack();
  }
}

/** Reads all files in one answer: their bytes, one file after the other. */
async function fetched({ url, files }: ServedFiles): Promise<InputFile[]> {
  const bytes = memory.bytes(files.reduce((sum, file) => sum + file.bytes, 0));
  // The answer breaks off where a file cannot be read.
  const length = await readInto(bytes, url).catch(() => null);
  if (length !== bytes.length)
    throw new InputError(
      files[0]?.path ?? "The case",
      "its files cannot be read, or were moved or changed meanwhile",
      "Check the dataset again",
    );
  let end = 0;
  return files.map(({ path, bytes: length }) => {
    end += length;
    return { path, blob: new HeldBlob(bytes.subarray(end - length, end)) };
  });
}

/** Returns how many bytes the answer has, also where they are more than there is room for. */
async function readInto(bytes: Uint8Array, url: string): Promise<number> {
  let at = 0;
  const { ok, body } = await fetch(url, { cache: "no-store" });
  if (!ok || !body) return at;
  const reader = body.getReader();
  for (let { value } = await reader.read(); value; { value } = await reader.read()) {
    if (at + value.length <= bytes.length) bytes.set(value, at);
    at += value.length;
  }
  return at;
}

serve(answer);
