/** Regions that are named by side: a left one with its right one. */

/** Channels of the two regions of a pair. */
interface SidePair {
  readonly left: number;
  readonly right: number;
}

/** Words of the left side and those that take their place on the right. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ["left", "right"],
  ["lt", "rt"],
  ["lh", "rh"],
  ["links", "rechts"],
  ["linke", "rechte"],
  ["linker", "rechter"],
  ["linkes", "rechtes"],
  ["l", "r"],
]);

/** Letters in a row; `kidneyLeft` and `LeftKidney` are two words each. */
const WORD = /\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})/gu;

/**
 * Pairs of names that differ in the words for left and right alone, in capitals or not: `kidney_left` and
 * `kidney_right`, `L. lung` and `R. lung`. A name is not taken by its own word, which may mean something
 * else, but only with the name of its other side.
 */
export function sidePairs(names: readonly string[]): SidePair[] {
  const channels = new Map(names.map((name, channel) => [name.toLowerCase(), channel]));
  return names.flatMap((name, left) => {
    const other = otherSide(name);
    const right = other === null ? undefined : channels.get(other.toLowerCase());
    return right === undefined || right === left ? [] : [{ left, right }];
  });
}

/** The name of the right side; null where no word of the name is one for left. */
function otherSide(name: string): string | null {
  const words = name.match(WORD) ?? [];
  const left = words.filter((word) => WORDS.has(word.toLowerCase()));
  // A single letter by itself may stand for anything: L1 is a vertebra, and L the liver.
  const isSide = left.some((word) => word.length > 1) || (left.length > 0 && words.length > left.length);
  return isSide ? name.replace(WORD, (word) => WORDS.get(word.toLowerCase()) ?? word) : null;
}
