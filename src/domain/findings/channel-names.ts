/** Checks `channel_names`: nnU-Net normalises each channel by its name (`get_normalization_scheme`). */
import { pluralForm } from "../../base/format-numbers.ts";
import { type Channel, channelsIn, isNumber, isTurned, normalization } from "../dataset/channel-names.ts";
import type { DatasetDefinition, WrittenChannels } from "../dataset/dataset-definition.ts";
import { type Finding, finding } from "./finding.ts";
import { jsonText, list } from "./text.ts";

const EXAMPLE = "“0”: “CT”";

/** Returns at most one finding: the first thing that nnU-Net trips over. */
export function channelNames({ channels }: DatasetDefinition): Finding[] {
  if (!channels) return [];
  const { members } = channels;
  if (members === null) return [notAnObject(channels)];
  if (members.length === 0) return [empty(channels.key)];
  if (isTurned(members)) return [turned(channels.key, members)];
  const nameless = members.find(({ value }) => typeof value !== "string");
  if (nameless) return [noText(channels.key, nameless)];
  const repeated = members.find(({ name }, i) => members.some((other, j) => j > i && other.name === name));
  if (repeated) return [twice(channels.key, repeated.name, members)];
  const written = channelsIn(members);
  if (written === null)
    return members.every(({ name }) => isNumber(name)) ? [] : [noNumbers(channels.key, members)];
  return outOfOrder(channels.key, written);
}

type Key = WrittenChannels["key"];
type Members = NonNullable<WrittenChannels["members"]>;

function notAnObject({ key, value }: WrittenChannels): Finding {
  return finding(
    "error",
    "channel-names",
    `${key} does not give numbers and names`,
    `nnU-Net's integrity check stops because ${key} is ${jsonText(value)}, but it must give each channel a number and a name. ` +
      `Write it like {${EXAMPLE}}.`,
  );
}

function empty(key: Key): Finding {
  return finding(
    "error",
    "channel-names",
    `${key} is empty`,
    `nnU-Net's integrity check rejects every case because ${key} is empty: it expects as many image files per case as there are names. ` +
      `Write each channel's number and name, such as ${EXAMPLE}.`,
  );
}

function noText(key: Key, { name, value }: Members[number]): Finding {
  return finding(
    "error",
    "channel-names",
    `The name of channel ${name} is not text`,
    `nnU-Net stops during planning because ${key} has ${jsonText(value)} for “${name}”, but a channel's name must be text. ` +
      `Write the name, as in ${EXAMPLE}.`,
  );
}

function turned(key: Key, members: Members): Finding {
  const [first] = members;
  const is = `${key} has the names first, as in labels (“${first?.name}”: ${jsonText(first?.value)})`;
  const remedy = invertVersion1(members);
  if (members.some(({ value }) => typeof value !== "string")) {
    return finding(
      "error",
      "channel-names",
      `${key} has the names first`,
      `nnU-Net stops during planning because ${is}: it finds a number where a channel's name should be. ${remedy}`,
    );
  }
  const lost = members.find(({ name }) => normalization(name) !== "zscore");
  return finding(
    lost ? "error" : "warning",
    "channel-names",
    `${key} has the names first`,
    lost
      ? `${is}: nnU-Net reads the number as the name and normalises that channel by z-score, not as “${lost.name}”. ${remedy}`
      : `${is}: nnU-Net reads the numbers as the names, but because it normalises these channels by z-score anyway, nothing goes wrong. ${remedy}`,
  );
}

/** Shows the numbers that the repair writes: from 0, in the order of the existing numbers. */
function invertVersion1(members: Members): string {
  const written = channelsIn(members);
  if (!written)
    return `Write the numbers first and give each channel its own number, starting at 0 (“0”: “${members[0]?.name}”).`;
  const sorted = written.toSorted((a, b) => a.number - b.number);
  const [first] = written;
  const place = first ? sorted.indexOf(first) : 0;
  const isFromZero = sorted.every(({ number }, i) => number === i);
  const turn = `Swap name and number in every entry${isFromZero ? "" : " and number the channels from 0"}`;
  return `${turn} (“${place}”: “${first?.name}”); Regionscope already reads them that way.`;
}

function twice(key: Key, name: string, members: Members): Finding {
  const all = members.filter((member) => member.name === name).map(({ value }) => value);
  const often = all.length === 2 ? "twice" : `${all.length} times`;
  return finding(
    "error",
    "channel-names",
    `${key} has the number ${name} ${often}`,
    `${key} has the number “${name}” ${often}, and nnU-Net silently keeps only the last, ` +
      `“${String(all.at(-1))}”, so it rejects cases with more images. Give each channel its own number, starting at 0.`,
  );
}

function noNumbers(key: Key, members: Members): Finding {
  const other = members.find(({ name }) => !isNumber(name));
  return finding(
    "warning",
    "channel-names",
    `“${other?.name}” is not a channel number`,
    `${key} has “${other?.name}” where a channel number should be. nnU-Net ignores the numbers and assigns the names in file order ` +
      "to the images that end in _0000, _0001 and so on, so nothing goes wrong if that is intended. Number them from 0.",
  );
}

/** nnU-Net ignores these numbers, but people do not. */
function outOfOrder(key: Key, written: readonly Channel[]): Finding[] {
  const sorted = written.toSorted((a, b) => a.number - b.number);
  const moved = written.findIndex((channel, i) => channel !== sorted[i]);
  if (moved < 0) {
    if (sorted.every(({ number }, i) => number === i)) return [];
    const numbers = list(sorted.map(({ number }) => number));
    return [
      finding(
        "warning",
        "channel-names",
        "The channels are not numbered from 0",
        `${key} has the ${pluralForm(sorted.length, "number", "numbers")} ${numbers}, but nnU-Net counts from 0. It ignores the numbers and assigns the names in file ` +
          "order to the images that end in _0000, _0001 and so on, so nothing goes wrong if that is intended. Number them from 0.",
      ),
    ];
  }
  const other = written.findIndex(
    ({ name }, i) => normalization(name) !== normalization(sorted[i]?.name ?? ""),
  );
  const shown = other < 0 ? moved : other;
  const file = `_${String(shown).padStart(4, "0")}`;
  return [
    finding(
      other < 0 ? "warning" : "error",
      "channel-names",
      "The channels are not in the order of their numbers",
      `nnU-Net takes the names in ${key} in file order, regardless of their numbers: it treats images that end in ${file} as “${written[shown]?.name}”, ` +
        `not “${sorted[shown]?.name}”${other < 0 ? ", but because it normalises both the same way, nothing goes wrong" : ", and normalises them accordingly"}. ` +
        "Write the entries in the order of their numbers.",
    ),
  ];
}
