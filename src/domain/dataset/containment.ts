/** Orders regions so that each is followed by the regions within it. */
import type { Relations } from "./relations.ts";

/**
 * Channels, each followed by its identical twins and then by the channels within it; siblings keep channel
 * order. A region within several follows the smallest of them.
 */
export function containmentOrder(relations: Relations): number[] {
  const { size } = relations;
  const twin = Array.from({ length: size }, (_, b) => firstTwin(relations, b));
  const followers = new Map<number | null, number[]>();
  const follow = (leader: number | null, channel: number) => {
    const known = followers.get(leader);
    if (known) known.push(channel);
    else followers.set(leader, [channel]);
  };
  // Twins go first, so that they precede the children.
  for (let b = 0; b < size; b++) if (twin[b] !== b) follow(twin[b] ?? b, b);
  for (let b = 0; b < size; b++) if (twin[b] === b) follow(parentOf(relations, b, twin), b);

  const order: number[] = [];
  const place = (leader: number | null) => {
    for (const channel of followers.get(leader) ?? []) {
      order.push(channel);
      place(channel);
    }
  };
  place(null);
  return order;
}

/** The first region with the same contents as b, possibly b itself. */
function firstTwin(relations: Relations, b: number): number {
  for (let a = 0; a < b; a++) if (relations.relation(a, b) === "identical") return a;
  return b;
}

function parentOf(relations: Relations, b: number, twin: readonly number[]): number | null {
  let parent: number | null = null;
  for (let a = 0; a < relations.size; a++) {
    if (twin[a] !== a || relations.relation(a, b) !== "contains") continue;
    if (parent === null || relations.sizeOf(a) < relations.sizeOf(parent)) parent = a;
  }
  return parent;
}
