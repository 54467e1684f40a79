/** Waits for processes that tests start. */
import type { ChildProcess } from "node:child_process";

export interface Ended {
  /** Null if a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Collects what a process writes, until it ends. @throws Error if it could not be started */
export function ended(child: ChildProcess): Promise<Ended> {
  const texts = { out: "", err: "" };
  child.stdout?.on("data", (data: Buffer) => {
    texts.out += data.toString();
  });
  child.stderr?.on("data", (data: Buffer) => {
    texts.err += data.toString();
  });
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) => done({ code, ...texts }));
  });
}
