/** Reads and parses NRRD headers. */
import { InputError } from "../../base/errors.ts";
import { type ByteSource, readHead } from "../bytes/byte-source.ts";

/** The parsed text at the start of an NRRD file. */
export interface NrrdHeader {
  /**
   * `field: value` by field, in lower case and without spaces, because "data file" may be written "datafile".
   */
  readonly fields: ReadonlyMap<string, string>;
  /** `key:=value`, where programs store their own data. */
  readonly pairs: ReadonlyMap<string, string>;
  /** Byte offset of the voxels. */
  readonly bytes: number;
}

/** Read sizes to try; the last is the maximum. Slicer writes about 700 bytes per segment. */
const STEPS = [1 << 16, 1 << 20, 1 << 24];

/** @throws InputError if the header does not end, or if its voxels are in another file */
export async function readNrrdHeader(source: ByteSource): Promise<NrrdHeader> {
  for (const step of STEPS) {
    const head = await readHead(source, step);
    const end = endOfHeader(head);
    if (end === null && head.length === step) continue;
    const header = { ...parse(head.subarray(0, end ?? head.length)), bytes: end ?? head.length };
    const apart = header.fields.get("datafile");
    if (apart !== undefined) {
      throw new InputError(
        source.file,
        `its voxels are in a separate file (${apart.slice(0, 60)}), which is not supported`,
        "Save it from 3D Slicer as one .nrrd file",
      );
    }
    if (end !== null) return header;
    break;
  }
  throw new InputError(
    source.file,
    "its NRRD header has no end, so the file is truncated or damaged",
    "Copy or download it again",
  );
}

const NEWLINE = 10;
const RETURN = 13;

/** Returns the first byte after the empty line that ends a header; null without one. */
function endOfHeader(head: Uint8Array): number | null {
  for (let at = head.indexOf(NEWLINE); at >= 0; at = head.indexOf(NEWLINE, at + 1)) {
    const next = head[at + 1] === RETURN ? at + 2 : at + 1;
    if (head[next] === NEWLINE) return next + 1;
  }
  return null;
}

function parse(head: Uint8Array): Pick<NrrdHeader, "fields" | "pairs"> {
  const fields = new Map<string, string>();
  const pairs = new Map<string, string>();
  const [, ...lines] = new TextDecoder().decode(head).split(/\r?\n/);
  for (const line of lines) {
    if (line.startsWith("#")) continue;
    const [, key, isPair, value = ""] = /^([^:]+):(=?)(.*)$/.exec(line) ?? [];
    if (key === undefined) continue;
    if (isPair) pairs.set(key.trim(), unescaped(value.trim()));
    else fields.set(key.toLowerCase().replaceAll(" ", ""), value.trim());
  }
  return { fields, pairs };
}

function unescaped(value: string): string {
  return value.replace(/\\([n\\])/g, (_, letter: string) => (letter === "n" ? "\n" : "\\"));
}
