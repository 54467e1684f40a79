/** A process that checks cases, one at a time, until the process that started it closes their channel. */
import { open } from "node:fs/promises";
import { errorMessage, InputError } from "../../src/base/errors.ts";
import { HeldBlob } from "../../src/formats/bytes/held-blob.ts";
import type { InputFile } from "../../src/formats/bytes/input-file.ts";
import { ReusedMemory } from "../../src/formats/bytes/memory.ts";
import { tryFirstImage } from "../../src/formats/intake/reader-clues.ts";
import { checkedCase } from "../../src/workers/checked-case.ts";
import type { StagedFile } from "../staging.ts";
import type { WorkerAnswer, WorkerRequest, WorkerResults } from "./case-worker-protocol.ts";

const memory = new ReusedMemory();

async function answer(request: WorkerRequest): Promise<WorkerResults[keyof WorkerResults]> {
  try {
    if (request.kind === "check") {
      const { setup, one } = request;
      return await checkedCase(setup, one, () => read(request.files), memory);
    }
    const files = await read(request.files);
    const [first] = files;
    return first ? await tryFirstImage(first, files) : null;
  } finally {
    memory.giveAllBack();
  }
}

async function read(files: readonly StagedFile[]): Promise<InputFile[]> {
  const all: InputFile[] = [];
  for (const { name, absolute } of files) {
    const bytes = await bytesOf(absolute).catch(() => null);
    if (bytes === null)
      throw new InputError(
        name,
        "it cannot be read, or was moved or changed meanwhile",
        "Check the dataset again",
      );
    all.push({ path: name, blob: new HeldBlob(bytes) });
  }
  return all;
}

/** Null for a file that becomes shorter meanwhile. */
async function bytesOf(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const file = await open(path);
  try {
    const bytes = memory.bytes((await file.stat()).size);
    for (let at = 0; at < bytes.length; ) {
      const { bytesRead } = await file.read(bytes, at, bytes.length - at);
      if (bytesRead === 0) return null;
      at += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}

const send = (its: WorkerAnswer) => process.send?.(its);

// A terminal signals to all processes in it; the one that started this one decides when it ends.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});
process.on("disconnect", () => process.exit());
process.on("message", (request: WorkerRequest) => {
  answer(request).then(
    (result) => send({ result }),
    (error: unknown) => send({ failed: errorMessage(error) }),
  );
});
