/** Checks how regions relate to each other and to the background. */
import { pluralForm } from "../../base/format-numbers.ts";
import { groupBy } from "../../base/group-by.ts";
import type { LabelEntry } from "../dataset/dataset-definition.ts";
import { hasRegions, isBackground, labelsIn } from "../dataset/label-entries.ts";
import type { Region, RegionSet } from "../dataset/region-set.ts";
import { labelRelations } from "../dataset/relations.ts";
import { decidingRegions, decodedLabels } from "../dataset/round-trip.ts";
import { type Finding, finding } from "./finding.ts";
import { unlisted } from "./label-values.ts";
import { capital, labelList, list, regionList } from "./text.ts";

export function emptyRegions(entries: readonly LabelEntry[]): Finding[] {
  const along = hasRegions(entries) ? " together with its entry in regions_class_order" : "";
  return entries
    .filter((e) => Array.isArray(e.value) && e.value.length === 0)
    .map((e) =>
      finding(
        "warning",
        "region-empty",
        `“${e.name}” has no labels`,
        `Nothing can be learned for “${e.name}” because its list is empty: without labels it has no voxels. ` +
          `List its labels, or remove it${along}.`,
        { regions: [e.name] },
      ),
    );
}

/**
 * If the volume has labels that no entry has, one of the duplicate names may be meant for them; the finding
 * then concerns those labels too.
 * @param present labels of the open volume
 */
export function duplicateRegions(entries: readonly LabelEntry[], present: readonly number[] = []): Finding[] {
  const onRegions = hasRegions(entries);
  const named = entries.filter((e) => e.name !== "ignore" && !isBackground(e.value));
  const forgotten = unlisted(entries, present);
  const remedy = (its: string) =>
    forgotten.length > 0
      ? `${capital(labelList(forgotten))} ${pluralForm(forgotten.length, "is", "are")} in the volume but in no entry, so one of these names may be meant for ${pluralForm(forgotten.length, "it", "those")}: correct its ${its}.`
      : `Keep one of them, or correct its ${its}.`;
  const byLabels = groupBy(named, (e) => [...new Set(labelsIn(e.value))].sort((a, b) => a - b).join(","));
  return [...byLabels]
    .filter(([key, same]) => key !== "" && same.length > 1)
    .map(([, same]) => {
      const labels = labelsIn(same[0]?.value);
      const names = same.map((e) => e.name);
      return finding(
        "warning",
        "region-duplicate",
        `${regionList(names, 3)} have the same ${pluralForm(labels.length, "label", "labels")}`,
        onRegions
          ? `${regionList(names)} have the same ${pluralForm(labels.length, "label", "labels")} (${list(labels)}), so they are the same everywhere: ` +
              `nnU-Net learns them twice, and predictions show only the last, “${names.at(-1)}”. ${remedy("labels")}`
          : `${regionList(names)} are ${names.length} names for ${labelList(labels)}, and nnU-Net trains one class for it. ${remedy("number")}`,
        { regions: names, labels: [...labels, ...forgotten] },
      );
    });
}

export function withBackground(set: RegionSet): Finding[] {
  if (set.trainsOn !== "regions") return [];
  return set.regions
    .filter(
      (r) => !r.ignore && r.name !== "background" && r.labels.includes(0) && r.labels.some((l) => l !== 0),
    )
    .map((r) =>
      finding(
        "warning",
        "region-contains-background",
        `“${r.name}” contains the background`,
        `All background counts as “${r.name}” because its list includes label 0, and a prediction writes ` +
          `${r.classOrder ?? "its entry in regions_class_order"} there. Remove 0 from its list unless this is intended.`,
        { regions: [r.name], labels: [0] },
      ),
    );
}

/**
 * Labels shared by regions of which none contains the other: only the order decides what they come back as.
 */
export function sharedLabels(set: RegionSet): Finding[] {
  const crossings = crossingChannels(set);
  const byLabel = new Map<number, number[]>();
  for (const channel of crossings.keys()) {
    for (const label of new Set(set.regions[channel]?.labels)) {
      const members = byLabel.get(label);
      if (members) members.push(channel);
      else byLabel.set(label, [channel]);
    }
  }
  const shared = [...byLabel]
    .filter(([label]) => label > 0)
    .sort(([a], [b]) => a - b)
    .map(([label, channels]) => {
      const members = new Set(channels);
      return {
        label,
        members: channels.filter((c) => crossings.get(c)?.some((other) => members.has(other))),
      };
    })
    .filter(({ members }) => members.length > 1);
  const groups = groupBy(shared, ({ members }) => members.join());
  const decoding = { back: decodedLabels(set), members: decidingRegions(set) };
  return [...groups.values()].map((group) => {
    const names = group[0]?.members.map((channel) => set.regions[channel]?.name ?? "") ?? [];
    const labels = group.map(({ label }) => label);
    return shares(names, labels, decoding);
  });
}

/** For each channel, the channels it crosses: they share labels, and neither contains the other. */
function crossingChannels(set: RegionSet): Map<number, number[]> {
  const relations = labelRelations(set.regions);
  const channels = set.regions.flatMap((r, channel) => (r.ignore ? [] : [channel]));
  const crossings = channels.map((a): [number, number[]] => [
    a,
    channels.filter((b) => relations.relation(a, b) === "overlaps"),
  ]);
  return new Map(crossings.filter(([, others]) => others.length > 0));
}

/** The label that each label is decoded as, and the last region that holds each. */
interface Decoding {
  readonly back: ReadonlyMap<number, number>;
  readonly members: ReadonlyMap<number, Region>;
}

/** The region that restores a label and has no other label; null without one. */
function ownRegion(label: number, { back, members }: Decoding): string | null {
  const last = members.get(label);
  const isAlone = last?.labels.every((other) => other === label);
  return last && isAlone && back.get(label) === label ? last.name : null;
}

function shares(names: readonly string[], labels: readonly number[], { back, members }: Decoding): Finding {
  const n = labels.length;
  const it = pluralForm(n, "it", "them");
  const title = `${regionList(names, 3)} share ${labelList(labels, 3)}`;
  const share =
    `${regionList(names)} ${names.length === 2 ? "both" : "all"} contain ${labelList(labels)}, but ${names.length === 2 ? "neither" : "none"} contains ` +
    `${names.length === 2 ? "the other" : "another"}`;
  const own = labels.map((label) => ownRegion(label, { back, members }));
  if (own.every((name) => name !== null)) {
    return finding(
      "warning",
      "label-shared",
      title,
      `${share}, so they overlap. A prediction still restores ${it}, because ${regionList(own)}, written after them, ` +
        `${pluralForm(n, "contains only it", "contain only one each")}. Nothing needs to change if the overlap is intended; otherwise remove ${it} from all but one.`,
      { regions: names, labels },
    );
  }
  const keeps = labels.every((label) => back.get(label) === label);
  const fine = keeps
    ? `That is fine if the overlap is intended, because ${pluralForm(n, "it keeps its label", "they keep their labels")} in predictions`
    : `If the overlap is intended, give ${pluralForm(n, "it", "each of them")} its own region at the end`;
  return finding(
    "warning",
    "label-shared",
    title,
    `${share}. They overlap, and a prediction keeps only the last region that contains ${it}. ` +
      `${fine}; otherwise remove ${it} from all but one.`,
    { regions: names, labels },
  );
}
