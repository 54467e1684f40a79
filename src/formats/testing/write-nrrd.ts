/** A small NRRD writer for tests that can set every field, also to wrong values. */
import { gzip } from "./write-nifti.ts";

export interface NrrdOptions {
  /** Fields to set or, with null, to omit. */
  readonly fields?: Readonly<Record<string, string | null>> | undefined;
  /** `key:=value` */
  readonly pairs?: Readonly<Record<string, string>>;
  /** Stored bytes before compression. */
  readonly bytes?: Uint8Array<ArrayBuffer>;
  readonly lineEnd?: string;
}

/** 2 × 3 × 2 bytes, the default of `bytes`. */
export const NRRD_VALUES = [0, 1, 2, 3, 0, 0, 1, 1, 3, 0, 0, 2];

const DEFAULT: Readonly<Record<string, string>> = {
  type: "unsigned char",
  dimension: "3",
  space: "left-posterior-superior",
  sizes: "2 3 2",
  "space directions": "(2,0,0) (0,3,0) (0,0,4)",
  kinds: "domain domain domain",
  encoding: "gzip",
  "space origin": "(10,20,30)",
};

/** Writes a whole file, compressed if its encoding is gzip. */
export function writeNrrd(options: NrrdOptions = {}): Uint8Array<ArrayBuffer> {
  const { lineEnd = "\n", bytes = Uint8Array.from(NRRD_VALUES) } = options;
  const fields = Object.entries({ ...DEFAULT, ...options.fields }).filter(([, value]) => value !== null);
  const lines = [
    "NRRD0004",
    "# Complete NRRD file format specification at:",
    ...fields.map(([name, value]) => `${name}: ${value}`),
    ...Object.entries(options.pairs ?? {}).map(([key, value]) => `${key}:=${value}`),
    "",
    "",
  ];
  const head = new TextEncoder().encode(lines.join(lineEnd));
  const encoding = options.fields?.encoding ?? DEFAULT.encoding;
  const body = encoding === "raw" ? bytes : gzip(bytes);
  const file = new Uint8Array(head.length + body.length);
  file.set(head);
  file.set(body, head.length);
  return file;
}
