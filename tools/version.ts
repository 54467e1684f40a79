/** The version of the program, from its package. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.ts";

/** "0.1.0" */
export function programVersion(): string {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  return version;
}
