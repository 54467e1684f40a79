/** Finds pairs of regions named by side: a left one and its right one. */

/** Channels of the two regions of a pair. */
interface SidePair {
  readonly left: number;
  readonly right: number;
}

/** Names for left, with their counterparts for right. */
const SIDE_NAMES: ReadonlyMap<string, string> = new Map([
  ["left", "right"],
  ["lt", "rt"],
  ["lh", "rh"],
  ["links", "rechts"],
  ["linke", "rechte"],
  ["linker", "rechter"],
  ["linkes", "rechtes"],
  ["l", "r"],
]);

/** Matches one part of a name; `kidneyLeft` and `LeftKidney` have two parts each. */
const PART = /\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})/gu;

/**
 * Pairs of names that differ only in the parts for left and right, ignoring capitals: `kidney_left` and
 * `kidney_right`, `L. lung` and `R. lung`. A name needs its counterpart: on its own, its part for a side may
 * mean something else.
 */
export function sidePairs(names: readonly string[]): SidePair[] {
  const channels = new Map(names.map((name, channel) => [name.toLowerCase(), channel]));
  return names.flatMap((name, left) => {
    const other = otherSide(name);
    const right = other === null ? undefined : channels.get(other.toLowerCase());
    return right === undefined || right === left ? [] : [{ left, right }];
  });
}

/** The name of the right side; null if no part of the name means left. */
function otherSide(name: string): string | null {
  const parts = name.match(PART) ?? [];
  const left = parts.filter((part) => SIDE_NAMES.has(part.toLowerCase()));
  // A single letter on its own may mean anything: L1 is a vertebra, and L the liver.
  const isSide = left.some((part) => part.length > 1) || (left.length > 0 && parts.length > left.length);
  return isSide ? name.replace(PART, (part) => SIDE_NAMES.get(part.toLowerCase()) ?? part) : null;
}
