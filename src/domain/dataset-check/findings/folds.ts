/** Finds folds that train or validate without a region, and why there are no folds. */
import { pluralForm } from "../../../base/format-numbers.ts";
import { finding } from "../../findings/finding.ts";
import { capital, list, regionList } from "../../findings/text.ts";
import { casesWith, type DatasetFacts, namesOf } from "../dataset-facts.ts";
import { alike, type DatasetFinding, ofCases } from "../dataset-finding.ts";

type Side = "train" | "val";

/** Nothing is said of a selection of cases, whose folds are others. */
export function foldFindings(facts: DatasetFacts): DatasetFinding[] {
  if (!facts.isWhole) return [];
  return [...noSplit(facts), ...missingIn(facts, "train"), ...missingIn(facts, "val")];
}

function noSplit({ check: { splits } }: DatasetFacts): DatasetFinding[] {
  if (splits.refused === null) return [];
  const title =
    splits.from === "none" ? "nnU-Net stops before it makes folds" : "nnU-Net stops at some folds";
  return [ofCases(finding("error", "no-split", title, splits.refused), [])];
}

/** Regions of which none of the fold's cases has a voxel, though some other case has. */
function missingIn(facts: DatasetFacts, side: Side): DatasetFinding[] {
  const read = new Set(namesOf(facts.cases));
  const found = facts.regions.flatMap((region, r) => {
    const having = namesOf(casesWith(facts, r));
    if (region.ignore || having.length === 0) return [];
    const has = new Set(having);
    const folds = facts.check.splits.folds
      .filter((fold) => fold[side].length > 0 && !fold[side].some((name) => has.has(name)))
      // Where most cases of a side are not known, neither is what it lacks.
      .filter((fold) => 2 * fold[side].filter((name) => read.has(name)).length > fold[side].length)
      .map(({ name }) => name);
    return folds.length > 0 ? [{ region, having, folds }] : [];
  });
  const same = alike(found, ({ having, folds }) => [...having, "", ...folds]);
  return same.flatMap(({ items }) => {
    const [first] = items;
    return first
      ? [
          missing(
            items.map(({ region }) => region),
            first.having,
            first.folds,
            side,
            facts,
          ),
        ]
      : [];
  });
}

function missing(
  regions: readonly { readonly name: string; readonly labels: readonly number[] }[],
  having: readonly string[],
  folds: readonly string[],
  side: Side,
  { check: { splits }, unreadable }: DatasetFacts,
): DatasetFinding {
  const names = regions.map(({ name }) => name);
  const them = pluralForm(names.length, "it", "them");
  const which = `${pluralForm(folds.length, "fold", "folds")} ${list(folds)}`;
  const unread = unreadable.length > 0 ? " as far as the cases could be read," : "";
  const where = placesOf(having, splits.folds, regions.length);
  const said = { regions: names, labels: [...new Set(regions.flatMap(({ labels }) => labels))] };
  const remedy =
    splits.from === "splits_final.json"
      ? "Change splits_final.json"
      : "Write a splits_final.json into the preprocessed folder";
  const share =
    having.length < 2
      ? `Annotate ${them} in more cases`
      : `${remedy} so that each side has a case with ${them}, or annotate ${them} in more cases`;
  return side === "train"
    ? ofCases(
        finding(
          "error",
          "region-missing-in-fold",
          `${regionList(names, 3)} ${pluralForm(names.length, "is", "are")} in no training case of ${which}`,
          `${regionList(names)} ${pluralForm(names.length, "is", "are")} in no training case of ${which},${unread} so nnU-Net learns there that ${pluralForm(names.length, "it does", "they do")} not exist. ${where} ${share}.`,
          said,
        ),
        having,
        folds,
      )
    : ofCases(
        finding(
          "warning",
          "region-missing-in-fold",
          `${regionList(names, 3)} ${pluralForm(names.length, "is", "are")} in no validation case of ${which}`,
          `${regionList(names)} ${pluralForm(names.length, "is", "are")} in no validation case of ${which},${unread} so nnU-Net's validation says nothing of ${them} there: Dice is not a number, or 0 if something is predicted. ${where} ${share}.`,
          said,
        ),
        having,
        folds,
      );
}

/** "Fold 2 validates case_03 and case_07, which have it." */
function placesOf(
  having: readonly string[],
  folds: DatasetFacts["check"]["splits"]["folds"],
  regions: number,
): string {
  const them = pluralForm(regions, "it", "them");
  const parts = folds.flatMap(({ name, val }) => {
    const here = having.filter((one) => val.includes(one));
    return here.length > 0 ? [`fold ${name} validates ${list(here, 4)}`] : [];
  });
  const have = pluralForm(having.length, "has", "have");
  return parts.length > 0
    ? `${capital(list(parts))}, which ${have} ${them}.`
    : `${list(having)} ${have} ${them}, and ${pluralForm(having.length, "is", "are")} in no fold's validation.`;
}
