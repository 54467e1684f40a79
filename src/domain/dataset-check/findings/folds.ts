/**
 * Finds why there are no folds, cases that are in none or on both sides of one, and folds that train or
 * validate without a region.
 */
import { pluralForm } from "../../../base/format-numbers.ts";
import { finding } from "../../findings/finding.ts";
import { capital, list, regionList } from "../../findings/text.ts";
import type { Fold } from "../check-file.ts";
import { casesWith, type DatasetFacts, namesOf } from "../dataset-facts.ts";
import { alike, type DatasetFinding, ofCases } from "../dataset-finding.ts";
import { isTakenForLabels } from "../splits.ts";

type Side = "train" | "val";

/** Nothing is said of a selection of cases, whose folds are others. */
export function foldFindings(facts: DatasetFacts): DatasetFinding[] {
  if (!facts.isWhole) return [];
  return [
    ...noSplit(facts),
    ...takenForLabels(facts),
    ...leftOut(facts),
    ...onBothSides(facts),
    ...missingIn(facts, "train"),
    ...missingIn(facts, "val"),
  ];
}

function noSplit({ check: { splits } }: DatasetFacts): DatasetFinding[] {
  if (splits.refused === null) return [];
  const title =
    splits.from === "none" ? "nnU-Net stops before it makes folds" : "nnU-Net stops at some folds";
  return [ofCases(finding("error", "no-split", title, splits.refused), [])];
}

/** Cases with all their files that nnU-Net could train on, and that are in none of these folds. */
function casesOutside({ check: { cases } }: DatasetFacts, folds: readonly Fold[]): string[] {
  const inside = new Set(folds.flatMap(({ train, val }) => [...train, ...val]));
  const noImages = cases.every(({ images }) => images.length === 0);
  const complete = cases.filter(({ labels, images }) => labels !== null && (noImages || images.length > 0));
  return namesOf(complete).filter((name) => !inside.has(name));
}

/** `nnUNetDatasetBlosc2.get_identifiers` passes over them without a word. */
function takenForLabels(facts: DatasetFacts): DatasetFinding[] {
  const names = casesOutside(facts, facts.check.splits.folds).filter(isTakenForLabels);
  if (names.length === 0) return [];
  return [
    ofCases(
      finding(
        "error",
        "case-in-no-fold",
        `nnU-Net passes over ${list(names, 3)}`,
        `nnU-Net takes a preprocessed file whose name ends in “_seg” for the labels of another case. So it leaves ${list(names)} out of fold all, and of the folds that it makes itself. ` +
          `Give the images and labels of ${pluralForm(names.length, "this case", "these cases")} another name.`,
      ),
      names,
    ),
  ];
}

/** The folds that the file has; nnU-Net draws those that it lacks from all cases. */
function foldsOfFile({ check: { splits } }: DatasetFacts): Fold[] {
  if (splits.from !== "splits_final.json") return [];
  return splits.folds.filter(({ name, drawn }) => !drawn && name !== "all");
}

/** Nothing is said where nnU-Net stops at a fold, which may have the others. */
function leftOut(facts: DatasetFacts): DatasetFinding[] {
  const folds = foldsOfFile(facts);
  if (folds.length === 0 || facts.check.splits.refused !== null) return [];
  // Those that nnU-Net does not find by their ending are not for the file to name.
  const all = new Set(facts.check.splits.folds.find(({ name }) => name === "all")?.train);
  const names = casesOutside(facts, folds).filter((name) => all.has(name));
  if (names.length === 0) return [];
  const [are, them] = [pluralForm(names.length, "is", "are"), pluralForm(names.length, "it", "them")];
  return [
    ofCases(
      finding(
        "warning",
        "case-in-no-fold",
        `${list(names, 3)} ${are} in no fold of splits_final.json`,
        `nnU-Net neither trains on ${list(names)} nor validates ${them} in any fold of splits_final.json, which does not name ${them}. ` +
          `Add ${them} to the file if ${pluralForm(names.length, "it", "they")} came later; nothing needs to change if ${pluralForm(names.length, "it is", "they are")} held out on purpose.`,
      ),
      names,
    ),
  ];
}

function onBothSides(facts: DatasetFacts): DatasetFinding[] {
  const both = ({ train, val }: Fold) => {
    const trained = new Set(train);
    return val.filter((name) => trained.has(name));
  };
  return alike(foldsOfFile(facts), both).map(({ items, cases }) => {
    const folds = namesOf(items);
    const which = `${pluralForm(folds.length, "fold", "folds")} ${list(folds)}`;
    const them = pluralForm(cases.length, "it", "them");
    return ofCases(
      finding(
        "warning",
        "fold-overlap",
        `${list(cases, 3)} ${pluralForm(cases.length, "is", "are")} on both sides of ${which}`,
        `nnU-Net trains on ${list(cases)} in ${which} and validates ${them} there too, with no more than a warning in its log, so that validation looks better than it is. ` +
          `Remove ${them} from one side of the ${pluralForm(folds.length, "fold", "folds")} in splits_final.json.`,
      ),
      cases,
      folds,
    );
  });
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
  { check: { splits, cases }, cases: read }: DatasetFacts,
): DatasetFinding {
  const names = regions.map(({ name }) => name);
  const them = pluralForm(names.length, "it", "them");
  const which = `${pluralForm(folds.length, "fold", "folds")} ${list(folds)}`;
  const unread = read.length < cases.length ? " as far as the cases were read," : "";
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

/** "Fold 2 validates case_03 and case_07, which have it." Of fold all, that is nothing new. */
function placesOf(having: readonly string[], folds: readonly Fold[], regions: number): string {
  const them = pluralForm(regions, "it", "them");
  const numbered = folds.filter(({ name }) => name !== "all");
  const parts = numbered.flatMap(({ name, val }) => {
    const here = having.filter((one) => val.includes(one));
    return here.length > 0 ? [`fold ${name} validates ${list(here, 4)}`] : [];
  });
  const have = pluralForm(having.length, "has", "have");
  return parts.length > 0
    ? `${capital(list(parts))}, which ${have} ${them}.`
    : `${list(having)} ${have} ${them}, and ${pluralForm(having.length, "is", "are")} in no numbered fold's validation.`;
}
