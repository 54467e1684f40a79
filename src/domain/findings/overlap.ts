/** How regions relate to each other and to the background. */
import type { LabelEntry } from "../dataset-definition.ts";
import { isBackground, labelsIn } from "../label-entries.ts";
import type { Region, RegionSet } from "../region-set.ts";
import { comesBackAs } from "../round-trip.ts";
import { isWithin } from "../suggested-order.ts";
import { type Finding, finding } from "./finding.ts";
import { groupBy } from "./group-by.ts";
import { capital, labelList, plural, regionList } from "./words.ts";

export function emptyRegions(entries: readonly LabelEntry[]): Finding[] {
  return entries
    .filter((e) => Array.isArray(e.value) && e.value.length === 0)
    .map((e) =>
      finding(
        "warning",
        "region-empty",
        `“${e.name}” has no labels, so it never occurs in any voxel and nothing can be learned for it. ` +
          "List its labels, or take it out together with its entry of regions_class_order.",
        { regions: [e.name] },
      ),
    );
}

export function duplicateRegions(entries: readonly LabelEntry[]): Finding[] {
  const named = entries.filter((e) => e.name !== "ignore" && !isBackground(e.value));
  const byLabels = groupBy(named, (e) => [...new Set(labelsIn(e.value))].sort((a, b) => a - b).join(","));
  return [...byLabels]
    .filter(([key, same]) => key !== "" && same.length > 1)
    .map(([, same]) => {
      const labels = labelsIn(same[0]?.value);
      const names = same.map((e) => e.name);
      return finding(
        "warning",
        "region-duplicate",
        `${regionList(names)} have the same ${plural(labels.length, "label", "labels")} (${labels.join(", ")}) and will look the same ` +
          "everywhere; only the last one shows in predictions. Keep one of them, or correct the labels of the other.",
        { regions: names, labels },
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
        `“${r.name}” includes label 0, so all background belongs to it and prediction fills the background with ` +
          `${r.classOrder ?? "its entry of regions_class_order"}. Take 0 out of its list unless that is what you want.`,
        { regions: [r.name], labels: [0] },
      ),
    );
}

/** Labels that lie in several regions of which none contains the other: the order alone decides what they come back as. */
export function sharedLabels(set: RegionSet): Finding[] {
  const regions = set.regions.filter((r) => !r.ignore);
  const labels = [...new Set(regions.flatMap((r) => r.labels))].filter((l) => l > 0).sort((a, b) => a - b);
  const shared = labels
    .map((label) => ({ label, holders: crossing(regions.filter((r) => r.labels.includes(label))) }))
    .filter(({ holders }) => holders.length > 1);
  const groups = groupBy(shared, ({ holders }) => JSON.stringify(holders.map((r) => r.name)));
  return [...groups.values()].map((group) => {
    const names = group[0]?.holders.map((r) => r.name) ?? [];
    const its = group.map(({ label }) => label);
    const neither = names.length === 2 ? "neither" : "none";
    const keeps = its.every((label) => comesBackAs(set, label) === label);
    const repair = keeps
      ? `Here ${plural(its.length, "it comes back as itself", "they come back as themselves")}, so this is fine if the overlap is meant`
      : "If the overlap is meant, give it a region of its own at the end";
    return finding(
      "warning",
      "label-shared",
      `${capital(labelList(its))} ${plural(its.length, "lies", "lie")} in ${regionList(names)}, ${neither} of which contains the other: ` +
        "these regions overlap, and a prediction can show a voxel only as the last region in labels that holds it. " +
        `${repair}; if it is not, take ${plural(its.length, "the label", "the labels")} out of all but one.`,
      { regions: names, labels: its },
    );
  });
}

/** The regions that neither contain nor lie in some other of them, nor equal it. */
function crossing(holders: readonly Region[]): Region[] {
  const nested = (a: Region, b: Region) => isWithin(a, b) || isWithin(b, a) || isSame(a, b);
  return holders.filter((r) => holders.some((other) => !nested(r, other)));
}

function isSame(a: Region, b: Region): boolean {
  return a.labels.every((l) => b.labels.includes(l)) && b.labels.every((l) => a.labels.includes(l));
}
