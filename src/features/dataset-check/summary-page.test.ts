/** Tests what the page of a summary shows, folds away and links. */
import { expect, test } from "vitest";
import { checkSplits } from "../../domain/dataset-check/splits.ts";
import { summarize } from "../../domain/dataset-check/summary.ts";
import {
  caseName,
  changeRegion,
  type Dataset,
  healthyDataset,
} from "../../domain/testing/dataset-records.ts";
import { summaryPage } from "./summary-page.ts";

const NOTHING = { definition: null, preprocessed: null, transpose: null };
const pageOf = ({ check, records }: Dataset, pictures?: ReadonlyMap<string, string>) =>
  summaryPage(summarize(check, records, NOTHING), pictures);
const count = (page: string, what: RegExp) => page.match(what)?.length ?? 0;

test("every link leads to a part of the page, and every case has one row", () => {
  const dataset = healthyDataset();
  changeRegion(dataset, 17, "spleen", { ml: 9900 });
  const page = pageOf(dataset);
  const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
  expect(links.filter((id) => !ids.has(id))).toEqual([]);
  expect(links).toContain("case-18");
  expect(count(page, /<tr id="case-/g)).toBe(30);
});

test("an outlier is a triangle with the name of its case, not one of the points", () => {
  const dataset = healthyDataset();
  expect(pageOf(dataset)).not.toContain('class="outlier"');
  changeRegion(dataset, 17, "spleen", { ml: 9900 });
  const page = pageOf(dataset);
  expect(count(page, /class="outlier"/g)).toBe(1);
  expect(page).toContain("<title>case_017: 9,900 mL</title>");
  expect(count(page, /M[\d.]+ [\d.]+h0/g)).toBe(5 * 30 - 1);
});

test("cases without errors or warnings are folded away if they are many", () => {
  expect(pageOf(healthyDataset(12))).toContain("<details open><summary>12 cases without");
  expect(pageOf(healthyDataset(40))).toContain("<details><summary>40 cases without");
});

test("a long list of cases is folded after the first", () => {
  const dataset = healthyDataset(40);
  const tested = Array.from({ length: 30 }, (_, i) => caseName(i));
  dataset.check = { ...dataset.check, testCases: tested };
  const page = pageOf(dataset);
  expect(page).toContain('<details class="names"><summary>and 20 more</summary>');
});

test("pictures are linked by their own names, fit for an address", () => {
  const page = pageOf(healthyDataset(6), new Map([[caseName(1), "a #1=C3=BC.png"]]));
  expect(page).toContain('src="pictures/a%20%231%3DC3%3DBC.png"');
  expect(count(page, /<img /g)).toBe(1);
  expect(pageOf(healthyDataset(6))).not.toContain("Picture");
});

test("a finding on one or two cases has their pictures beside it, with names and links", () => {
  const dataset = healthyDataset();
  const pictures = new Map([3, 4, 17].map((i) => [caseName(i), `${caseName(i)}.png`]));
  const beside = (tested: readonly number[]) => {
    dataset.check = { ...dataset.check, testCases: tested.map(caseName) };
    const [, list = ""] = /<ul class="findings">(.*?)<\/ul>/s.exec(pageOf(dataset, pictures)) ?? [];
    return [...list.matchAll(/<a href="#([^"]+)"><img src="([^"]+)" alt="([^"]+)"/g)].map((all) =>
      all.slice(1),
    );
  };
  expect(beside([17])).toEqual([["case-18", "pictures/case_017.png", "case_017"]]);
  expect(beside([3, 4]).map(([id]) => id)).toEqual(["case-4", "case-5"]);
  // One of the two has no picture.
  expect(beside([3, 5]).map(([id]) => id)).toEqual(["case-4"]);
  expect(beside([3, 4, 17])).toEqual([]);
});

test("too few cases for folds say so, and nothing of folds that are not made", () => {
  const few = healthyDataset(4);
  const splits = checkSplits(
    few.check.cases.map(({ name }) => name),
    null,
  );
  const page = pageOf({ ...few, check: { ...few.check, splits } });
  expect(page).toContain("Folds <small>only fold all</small>");
  expect(page).toContain("nnU-Net stops when it splits 4 cases");
  expect(page).not.toContain("every fold");
  expect(pageOf(healthyDataset(5))).toContain("is on both sides of every fold.");
});

const textOf = (page: string) => page.slice(page.indexOf("<main>")).replaceAll(/<[^>]*>/g, "");

test("with no case read, the page says no more than that", () => {
  const dataset = healthyDataset(6);
  dataset.records = dataset.records.map(({ schema, case: { name } }) => ({
    schema,
    status: "unreadable",
    case: { name },
    inputs: [],
    sentence: `${name} is cut off.`,
  }));
  const text = textOf(pageOf(dataset));
  expect(text.match(/No case was read\./g)).toHaveLength(2);
  expect(text).not.toMatch(/every fold|no problem/);
  expect(textOf(pageOf({ ...dataset, records: [] }))).toContain("No case was read, so nothing is known");
});

test("a fold is said to lack a region only where most of its cases were read", () => {
  const dataset = healthyDataset(10);
  expect(textOf(pageOf(dataset))).toContain("Every region that is in a case is on both sides of every fold.");
  // Fold 0 validates cases 0 and 5.
  dataset.records = dataset.records.filter((_, i) => i !== 0 && i !== 5);
  const text = textOf(pageOf(dataset));
  expect(text).toContain("The cases that were read show no problem together.");
  expect(text).toContain("No region is known to be missing on a side: not all cases of the folds were read.");
  expect(text).not.toMatch(/every fold/);
});

test("folds that splits_final.json lacks are marked", () => {
  const dataset = healthyDataset(10);
  const { splits } = dataset.check;
  const folds = splits.folds.map((fold) => (fold.name === "3" ? { ...fold, drawn: true as const } : fold));
  dataset.check = { ...dataset.check, splits: { ...splits, from: "splits_final.json", folds } };
  const text = textOf(pageOf(dataset));
  expect(text).toContain("from splits_final.json, those that it lacks as nnU-Net will draw them");
  expect(text.match(/Fold 3 drawn/g)).toHaveLength(1);
  expect(text.match(/drawn/g)).toHaveLength(1);
});

test("a thousand cases with 25 regions stay a small page", () => {
  const dataset = healthyDataset(1000);
  const page = pageOf(dataset);
  expect(page.length).toBeLessThan(1_500_000);
  expect(count(page, /<script|https?:\/\//g)).toBe(0);
});
