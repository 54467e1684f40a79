/** Names the files of cases in `OUT/cases` and `OUT/pictures`. */

/** Leaves room for endings and for the name of a file while it is written, within 255 bytes. */
const LONGEST = 120;
/** Names that Windows keeps for devices, with any ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/**
 * Returns the name of each case's files, without the ending. A name of A-Z, a-z, 0-9, "_", "-", "+" and inner
 * "." stays as it is. A case's name may be anything else in a dataset.json, so:
 *
 * - every other character, a "." at either end and the first letter of a device of Windows become "=" and two
 *   hex digits for each UTF-8 byte: "a/b" is "a=2Fb", and ".." is "=2E=2E";
 * - a name that is still longer than 120 characters is cut, and "~" and a hash of the case's name follow;
 * - so does the hash where names differ only in upper and lower case, which are one file on some disks.
 *
 * Names are distinct without regard to case, contain no separators, and do not depend on the names of other
 * cases, except in the last rule.
 */
export function recordNames(cases: readonly string[]): ReadonlyMap<string, string> {
  const safe = new Map(cases.map((name) => [name, shortened(escaped(name), name)]));
  const times = new Map<string, number>();
  for (const file of safe.values()) times.set(file.toLowerCase(), (times.get(file.toLowerCase()) ?? 0) + 1);
  return new Map(
    [...safe].map(([name, file]) => {
      const isAlone = times.get(file.toLowerCase()) === 1;
      return [name, isAlone ? file : `${file.slice(0, LONGEST)}~${hashOf(name)}`];
    }),
  );
}

function escaped(name: string): string {
  const characters = [...name];
  const isDevice = DEVICE.test(name);
  return (
    characters
      .map((character, i) => {
        const isEnd = i === 0 || i === characters.length - 1;
        const isPlain = /^[A-Za-z0-9_+-]$/.test(character) && !(isDevice && i === 0);
        return isPlain || (character === "." && !isEnd) ? character : bytesOf(character);
      })
      .join("") || "="
  );
}

/** Half a surrogate pair, which JSON may have, has no UTF-8: "=uD800". */
function bytesOf(character: string): string {
  if (/^[\ud800-\udfff]$/.test(character)) return `=u${hex(character.charCodeAt(0), 4)}`;
  return [...new TextEncoder().encode(character)].map((byte) => `=${hex(byte, 2)}`).join("");
}

const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, "0");

function shortened(file: string, name: string): string {
  return file.length <= LONGEST ? file : `${file.slice(0, LONGEST)}~${hashOf(name)}`;
}

/** FNV-1a with 64 bits over UTF-16 units, in hex. */
function hashOf(name: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < name.length; i++)
    hash = BigInt.asUintN(64, (hash ^ BigInt(name.charCodeAt(i))) * 0x100000001b3n);
  return hash.toString(16).padStart(16, "0");
}
