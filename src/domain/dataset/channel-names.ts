/**
 * `channel_names` as nnU-Net takes it: it counts the members and takes their values in textual order, and
 * looks at no key.
 */
import type { WrittenChannels } from "./dataset-definition.ts";

/** A channel by its number, with its name. */
export interface Channel {
  readonly number: number;
  readonly name: string;
}

type Member = NonNullable<WrittenChannels["members"]>[number];

/** nnU-Net's normalisations that a channel asks for by its name (`channel_name_to_normalization_mapping`). */
const BY_NAME: ReadonlySet<string> = new Set(["ct", "nonorm", "rescale_to_0_1", "rgb_to_0_1"]);

/**
 * What a channel of this name is normalised by: nnU-Net's key, in lower case. Every other name stands for a
 * z-score.
 */
export function normalization(name: string): string {
  const key = name.toLowerCase();
  return BY_NAME.has(key) ? key : "zscore";
}

export function isNumber(text: string): boolean {
  return /^\d+$/.test(text.trim());
}

/** The number that stands where the name should be: `0`, or `"0"`; null where it is none. */
function numberIn(value: unknown): number | null {
  if (typeof value === "number") return Number.isInteger(value) && value >= 0 ? value : null;
  return typeof value === "string" && isNumber(value) ? Number(value) : null;
}

/** Names first, `{"CT": 0}`: the other way round than nnU-Net reads them, and as `labels` are. */
export function isTurned(members: readonly Member[]): boolean {
  return (
    members.length > 0 && members.every(({ name, value }) => !isNumber(name) && numberIn(value) !== null)
  );
}

/**
 * The channels that are meant, as they stand in the file; turned where the names are first. Null where that
 * is not certain.
 */
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
