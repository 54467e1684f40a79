/** Regions in an order in which what lies within another follows it. */
import type { Relations } from "./relations.ts";

/**
 * Channels, each followed by those identical to it and then by those within it; siblings keep channel order.
 * A region within several goes to the smallest of them.
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
  // Twins first, so that they come before the children.
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

/** The first region that holds the same as b, which may be b. */
function firstTwin(relations: Relations, b: number): number {
  for (let a = 0; a < b; a++) if (relations.relation(a, b) === "identical") return a;
  return b;
}

function parentOf(relations: Relations, b: number, twin: readonly number[]): number | null {
  let parent: number | null = null;
  for (let a = 0; a < relations.size; a++) {
    if (twin[a] !== a || relations.relation(a, b) !== "contains") continue;
    if (parent === null || relations.held(a) < relations.held(parent)) parent = a;
  }
  return parent;
}
