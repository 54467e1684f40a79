/**
 * Reads `channel_names` as nnU-Net does: it counts the members, takes their values in textual order and
 * ignores the keys.
 */
import type { DatasetDefinition, WrittenChannels } from "./dataset-definition.ts";

/** A channel's number and name. */
export interface Channel {
  readonly number: number;
  readonly name: string;
}

type Member = NonNullable<WrittenChannels["members"]>[number];

/** Normalisations that a channel's name selects (nnU-Net's `channel_name_to_normalization_mapping`). */
const BY_NAME: ReadonlySet<string> = new Set(["ct", "nonorm", "rescale_to_0_1", "rgb_to_0_1"]);

/** The normalisation for a channel name, as nnU-Net's lower-case key. Any other name means z-score. */
export function normalization(name: string): string {
  const key = name.toLowerCase();
  return BY_NAME.has(key) ? key : "zscore";
}

export function isNumber(text: string): boolean {
  return /^\d+$/.test(text.trim());
}

/** The number found in place of the name: `0`, or `"0"`; null if there is none. */
function numberIn(value: unknown): number | null {
  if (typeof value === "number") return Number.isInteger(value) && value >= 0 ? value : null;
  return typeof value === "string" && isNumber(value) ? Number(value) : null;
}

/**
 * True if the names come first, `{"CT": 0}`: the reverse of what nnU-Net reads, but the order of `labels`.
 */
export function isTurned(members: readonly Member[]): boolean {
  return (
    members.length > 0 && members.every(({ name, value }) => !isNumber(name) && numberIn(value) !== null)
  );
}

/** The intended channels in file order, swapped if the names come first. Null if they are not certain. */
export function channelsIn(members: readonly Member[]): Channel[] | null {
  const turned = isTurned(members);
  const channels: Channel[] = [];
  for (const { name, value } of members) {
    const number = turned ? numberIn(value) : isNumber(name) ? Number(name) : null;
    const text = turned ? name : value;
    if (number === null || typeof text !== "string") return null;
    channels.push({ number, name: text });
  }
  const isCertain = new Set(channels.map(({ number }) => number)).size === channels.length;
  return isCertain && channels.length > 0 ? channels : null;
}

/** The number of channels as nnU-Net counts them; 0 if they are missing or cannot be read. */
export function namedChannels({ channels }: Pick<DatasetDefinition, "channels">): number {
  return new Set(channels?.members?.map(({ name }) => name)).size;
}
