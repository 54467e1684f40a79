/** Writes the summary of a dataset as one HTML file that needs neither network nor scripts. */
import {
  formatCount,
  formatMl,
  formatMm,
  formatShape,
  plural,
  pluralForm,
} from "../../base/format-numbers.ts";
import { labelText } from "../../domain/dataset/label-text.ts";
import type { DatasetFinding } from "../../domain/dataset-check/dataset-finding.ts";
import type {
  CaseLine,
  CheckedLine,
  Distribution,
  FoldSide,
  SummarizedRegion,
  Summary,
} from "../../domain/dataset-check/summary.ts";
import { SEVERITIES, type Severity } from "../../domain/findings/finding.ts";
import { html, Markup } from "../report/html.ts";
import { SUMMARY_STYLE } from "./summary-style.ts";
import { volumePlot } from "./volume-plot.ts";

/** What is longer is folded away. */
const MAX_LINKS = 10;
/** Pictures beside a finding; those of many cases would say nothing. */
const MAX_PICTURES = 2;
const MAX_PLOTTED = 60;
const MAX_OPEN_CASES = 200;
const MAX_GATHERED = 12;
/** Cases without errors or warnings that are shown at once. */
const MAX_UNNOTED = 20;

const SEVERITY_NAMES = { error: "error", warning: "warning", info: "note" } as const;
/** Shapes as well as colours. */
const SEVERITY_SIGNS = { error: "✕", warning: "▲", info: "•" } as const;

/** @param pictures by case, the name of its picture in `pictures`, beside the page */
export function summaryPage(summary: Summary, pictures: ReadonlyMap<string, string> = new Map()): string {
  const page = { summary, pictures, places: new Map(summary.cases.map(({ name }, i) => [name, i + 1])) };
  return `<!doctype html>\n${
    html`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${summary.dataset}: summary of the check</title>
<style>${new Markup(SUMMARY_STYLE)}</style>
</head>
<body>
${head(page)}
<main>
${findingsSection(page)}
${volumesSection(page)}
${regionsSection(page)}
${predictionsSection(page)}
${foldsSection(page)}
${casesSection(page)}
</main>
<footer>Made by Regionscope ${summary.version}. The same facts are in summary.json, and as tables in cases.tsv and folds.tsv.</footer>
</body>
</html>
`.text
  }`;
}

interface Page {
  readonly summary: Summary;
  readonly pictures: ReadonlyMap<string, string>;
  /** Numbers of the cases' rows. */
  readonly places: ReadonlyMap<string, number>;
}

function head({ summary }: Page): Markup {
  const { counts, dataset, options, regions, missing, findings } = summary;
  const facts: readonly (readonly [string, number, boolean?])[] = [
    ["cases", counts.cases],
    ["regions", regions.length],
    ...(counts.unreadable > 0 ? [["unreadable", counts.unreadable, true] as const] : []),
    ...(counts.missing > 0 ? [["not checked", counts.missing, true] as const] : []),
    ["cases with errors", counts.worst.error, counts.worst.error > 0],
    ["with warnings", counts.worst.warning],
    ["findings of the dataset", findings.length],
  ];
  const chosen = options.cases === null ? "" : ` · only ${plural(options.cases.length, "chosen case")}`;
  const grid = options.grid === "trained" ? "training grid" : "stored grid";
  return html`<header>
<p class="kind">Regionscope summary of a dataset · ${grid}, ${options.configuration === null ? null : `configuration ${options.configuration}, `}trainer ${options.trainer}${options.predictions ? ", with predictions" : ""}${chosen}</p>
<h1>${dataset}</h1>
<dl class="counts">${facts.map(([name, n, isBad]) => html`<div class="${isBad ? "bad" : ""}"><dt>${name}</dt><dd>${formatCount(n)}</dd></div>`)}</dl>
${missing.length === 0 ? null : html`<p class="banner"><b>${plural(missing.length, "case")} ${pluralForm(missing.length, "has", "have")} no record, so nothing here counts ${pluralForm(missing.length, "it", "them")}:</b> ${someText(missing)}. Run the check again with --continue, then the summary.</p>`}
<nav aria-label="Parts of this page"><a href="#findings">Findings</a><a href="#volumes">Volumes</a><a href="#regions">Regions</a>${options.predictions ? html`<a href="#predictions">Predictions</a>` : null}<a href="#folds">Folds</a><a href="#cases">Cases</a></nav>
</header>`;
}

function someText(names: readonly string[], most = 20): string {
  return names.length > most
    ? `${names.slice(0, most).join(", ")} and ${names.length - most} more`
    : names.join(", ");
}

function findingsSection(page: Page): Markup {
  const { findings, caseFindings, counts } = page.summary;
  const list = (all: readonly DatasetFinding[]) =>
    html`<ul class="findings">${all.map((one) => findingItem(one, page))}</ul>`;
  const gathered = html`<p class="note">What the reports of single cases say, gathered.</p>${list(caseFindings)}`;
  return html`<section id="findings"><h2>Findings <small>${tally(findings)}</small></h2>
${findings.length === 0 ? html`<p>${noProblem(counts)}</p>` : list(findings)}
${caseFindings.length === 0 ? null : html`<h3>In single cases <small>${tally(caseFindings)}</small></h3>${caseFindings.length > MAX_GATHERED ? html`<details><summary>Show all ${caseFindings.length}</summary>${gathered}</details>` : gathered}`}
</section>`;
}

function noProblem({ cases, checked }: Summary["counts"]): string {
  if (checked === 0) return "No case was read, so nothing is known of them together.";
  return checked < cases
    ? "The cases that were read show no problem together."
    : "The cases together show no problem.";
}

function tally(findings: readonly DatasetFinding[]): string {
  const parts = SEVERITIES.flatMap((severity) => {
    const n = findings.filter((one) => one.severity === severity).length;
    return n === 0 ? [] : [plural(n, SEVERITY_NAMES[severity])];
  });
  return parts.join(", ") || "none";
}

function badge(severity: Severity): Markup {
  return html`<span class="severity ${severity}"><span aria-hidden="true">${SEVERITY_SIGNS[severity]}</span> ${SEVERITY_NAMES[severity]}</span>`;
}

function findingItem({ severity, title, message, code, cases }: DatasetFinding, page: Page): Markup {
  return html`<li>${badge(severity)}<div><p class="title">${title} <code>${code}</code></p><p>${message}</p>${cases.length === 0 ? null : caseLinks(cases, page)}</div>${picturesBeside(cases, page)}</li>\n`;
}

/** Where a finding is about one or two cases, as most are that name any. */
function picturesBeside(cases: readonly string[], { pictures, places }: Page): Markup | null {
  const shown = cases.flatMap((name) => {
    const image = pictures.get(name);
    return image === undefined ? [] : [{ name, image }];
  });
  if (shown.length === 0 || cases.length > MAX_PICTURES) return null;
  return html`<div class="beside">${shown.map(({ name, image }) => html`<a href="#case-${places.get(name) ?? 0}">${pictureOf(image, 88, name)}</a>`)}</div>`;
}

function pictureOf(image: string, height: number, alt: string): Markup {
  return html`<img src="pictures/${encodeURIComponent(image)}" alt="${alt}" loading="lazy" height="${height}">`;
}

function caseLinks(cases: readonly string[], page: Page): Markup {
  const links = cases.map((name) => caseLink(name, page));
  const [open, folded] =
    links.length > MAX_LINKS + 2 ? [links.slice(0, MAX_LINKS), links.slice(MAX_LINKS)] : [links, []];
  return html`<p class="names"><small>${plural(cases.length, "case")}:</small> ${open}</p>${folded.length === 0 ? null : html`<details class="names"><summary>and ${folded.length} more</summary>${folded}</details>`}`;
}

function caseLink(name: string, { places }: Page): Markup {
  return html`<a href="#case-${places.get(name) ?? 0}">${name}</a> `;
}

/** Those with the most outliers first where there are too many for one picture. */
function volumesSection({ summary, places }: Page): Markup {
  const { regions, counts } = summary;
  const present = [...regions.keys()].filter((r) => (regions[r]?.cases ?? 0) > 0);
  const isLong = present.length > MAX_PLOTTED;
  const first = isLong
    ? new Set(
        present
          .toSorted((a, b) => (regions[b]?.outliers ?? 0) - (regions[a]?.outliers ?? 0))
          .slice(0, MAX_PLOTTED),
      )
    : new Set(present);
  const plot = volumePlot(
    summary,
    present.filter((r) => first.has(r)),
    places,
  );
  const rest = volumePlot(
    summary,
    present.filter((r) => !first.has(r)),
    places,
  );
  return html`<section id="volumes"><h2>Volumes <small>each point is a case</small></h2>
${plot === null ? html`<p>${noVoxel(counts)}</p>` : html`<p class="note">Stored voxels, on a logarithmic axis. The box holds the middle half of the cases, the line is the median; <span class="key" role="img" aria-label="a triangle"></span> marks a volume more than 5 scaled median absolute deviations from it.</p><figure>${plot}</figure>`}
${rest === null ? null : html`<details><summary>${plural(present.length - first.size, "more region")}</summary><figure>${rest}</figure></details>`}
</section>`;
}

function regionsSection({ summary }: Page): Markup {
  const { regions, counts } = summary;
  if (regions.length === 0)
    return html`<section id="regions"><h2>Regions</h2><p>There are none.</p></section>`;
  return html`<section id="regions"><h2>Regions <small>${formatCount(regions.length)}</small></h2>
<table class="full"><caption>Over the cases that have the region. “Vanishes” counts cases in which nothing is left of it in resampling or at a scale that the loss uses.</caption>
<thead><tr><th scope="col">Region</th><th scope="col">Labels</th>${numberHeads(["Cases", "Median mL", "Middle half", "Smallest to largest", "Median components", "Most", "Vanishes", "Outliers"])}</tr></thead>
<tbody>${regions.map((region) => regionRow(region, counts.checked))}</tbody></table>
</section>`;
}

function numberHeads(names: readonly string[]): Markup {
  return html`${names.map((name) => html`<th scope="col" class="number">${name}</th>`)}`;
}

function regionRow(region: SummarizedRegion, checked: number): Markup {
  const { labels, ignore, cases, ml, components, vanishesAtScale, vanishesInResampling, outliers } = region;
  const vanishes = vanishesAtScale + vanishesInResampling;
  return html`<tr>${regionHead(region)}<td class="labels">${labelText(labels)}</td>
${number(`${formatCount(cases)} of ${formatCount(checked)}`, cases === 0 && checked > 0 && !ignore)}${number(mlText(ml?.median))}${number(ml ? `${mlText(ml.p25)} – ${mlText(ml.p75)}` : "–")}${number(ml ? `${mlText(ml.min)} – ${mlText(ml.max)}` : "–")}${number(countText(components?.median))}${number(countText(components?.max))}${number(zeroText(vanishes), vanishesInResampling > 0)}${number(zeroText(outliers))}</tr>\n`;
}

function regionHead({ name, ignore }: SummarizedRegion): Markup {
  return html`<th scope="row">${name}${ignore ? html` <small>ignore</small>` : null}</th>`;
}

function predictionsSection({ summary: { regions, options } }: Page): Markup {
  if (!options.predictions) return html``;
  const rows = regions.flatMap((region) =>
    region.prediction && !region.ignore ? [scoreRow(region, region.prediction)] : [],
  );
  return html`<section id="predictions"><h2>Predictions <small>compared with the labels as nnU-Net evaluates them</small></h2>
<table class="full"><caption>Cases in which labels and prediction both lack the region are left out; where only one lacks it, Dice and NSD are 0, and there is no HD95. HD95 is the 95th percentile of the distances between the borders, from both sides in one pool. NSD is the share of the border within ${options.toleranceMm} mm of the other; hits are components of the labels that the prediction touches, false ones touch no label.</caption>
<thead><tr><th scope="col">Region</th>${numberHeads(["Cases", "Mean Dice", "Median", "Middle half", "Lowest", "Median HD95, mm", "Highest", "Mean NSD", "Hits", "False"])}</tr></thead>
<tbody>${rows}</tbody></table>
</section>`;
}

function scoreRow(region: SummarizedRegion, scores: NonNullable<SummarizedRegion["prediction"]>): Markup {
  const { dice, hd95, nsd, hits, referenceComponents, falseComponents } = scores;
  const share = (value: number | undefined) => (value === undefined ? "–" : value.toFixed(3));
  const mm = (value: number | undefined) => (value === undefined ? "–" : formatMm(value));
  return html`<tr>${regionHead(region)}${number(formatCount(dice?.count ?? 0))}${number(share(dice?.mean))}${number(share(dice?.median))}${number(dice ? `${share(dice.p25)} – ${share(dice.p75)}` : "–")}${number(share(dice?.min))}${number(mm(hd95?.median))}${number(mm(hd95?.max))}${number(share(nsd?.mean))}${number(`${formatCount(hits)} of ${formatCount(referenceComponents)}`)}${number(zeroText(falseComponents))}</tr>\n`;
}

function number(text: string, isBad = false): Markup {
  return html`<td class="number${isBad ? " bad" : text === "–" ? " none" : ""}">${text}</td>`;
}

const mlText = (ml: number | undefined) => (ml === undefined ? "–" : formatMl(ml));
const countText = (n: Distribution["median"] | undefined) =>
  n === undefined ? "–" : String(Number(n.toFixed(1)));
const zeroText = (n: number) => (n === 0 ? "–" : formatCount(n));

function noVoxel({ cases, checked }: Summary["counts"]): string {
  if (checked === 0) return "No case was read.";
  return `No case ${checked < cases ? "that was read " : ""}has a voxel of any region.`;
}

function foldsSection({ summary }: Page): Markup {
  const { splits, regions, counts } = summary;
  const { folds, from, refused } = splits;
  const drawn = folds.some((fold) => fold.drawn) ? ", those that it lacks as nnU-Net will draw them" : "";
  const source =
    from === "splits_final.json"
      ? `from splits_final.json${drawn}`
      : from === "default"
        ? "as nnU-Net will make them"
        : folds.length === 0
          ? "none"
          : "only fold all";
  const present = [...regions.entries()].filter(([, { ignore, cases }]) => !ignore && cases > 0);
  if (folds.length === 0)
    return html`<section id="folds"><h2>Folds <small>${source}</small></h2><p>${refused ?? "There are no folds."}</p></section>`;
  const heads = folds.map(
    (fold) =>
      html`<th scope="colgroup" colspan="2">Fold ${fold.name}${fold.drawn ? html` <small>drawn</small>` : null}</th>`,
  );
  const sides = folds.map(
    ({ train, val }) =>
      html`<th scope="col" class="number">${formatCount(train.cases)} train</th><th scope="col" class="number">${formatCount(val.cases)} validate</th>`,
  );
  const lacks = present.filter(([r]) =>
    folds.some(({ train, val }) => isLacking(train, r) || isLacking(val, r)),
  );
  const rows = (those: typeof present) =>
    those.map(
      ([r, { name }]) =>
        html`<tr><th scope="row">${name}</th>${folds.map(({ train, val }) => html`${havingCell(train, r)}${havingCell(val, r)}`)}</tr>\n`,
    );
  const table = (
    those: typeof present,
    caption: string,
  ) => html`<div class="wide" tabindex="0" role="group" aria-label="Folds"><table class="folds"><caption>${caption}</caption>
<thead><tr><th scope="col" rowspan="2">Region</th>${heads}</tr><tr>${sides}</tr></thead><tbody>${rows(those)}</tbody></table></div>`;
  const caption = "Training and validation cases that have the region.";
  const full = present.length - lacks.length;
  const isAllRead = folds.every(({ train, val }) => [train, val].every(({ cases, read }) => read === cases));
  const noneLacks =
    present.length === 0
      ? noVoxel(counts)
      : isAllRead
        ? "Every region that is in a case is on both sides of every fold."
        : "No region is known to be missing on a side: not all cases of the folds were read.";
  const inAll =
    from === "none"
      ? "in fold all"
      : isAllRead
        ? "on both sides of every fold"
        : "not known to be missing on a side";
  return html`<section id="folds"><h2>Folds <small>${source}</small></h2>
${refused === null ? null : html`<p>${refused}</p>`}
${lacks.length > 0 ? table(lacks, `${caption} These regions are missing on a side${isAllRead ? "" : ", as far as the cases were read"}.`) : from === "none" && present.length > 0 ? null : html`<p>${noneLacks}</p>`}
${
  full === 0
    ? null
    : html`<details><summary>${plural(full, "region")} ${inAll}</summary>${table(
        present.filter((one) => !lacks.includes(one)),
        caption,
      )}</details>`
}
</section>`;
}

/** Where most cases of a side are not known, neither is what it lacks. */
function isLacking({ cases, read, having }: FoldSide, r: number): boolean {
  return 2 * read > cases && (having[r] ?? 0) === 0;
}

function havingCell(side: FoldSide, r: number): Markup {
  return isLacking(side, r)
    ? html`<td class="number bad">none</td>`
    : number(formatCount(side.having[r] ?? 0));
}

function casesSection(page: Page): Markup {
  const { cases, regions } = page.summary;
  const isNoted = ({ worst, status }: CaseLine) =>
    status !== "ok" || (worst !== null && worst.severity !== "info");
  const rank = ({ worst, status }: CaseLine) =>
    status !== "ok" ? -1 : SEVERITIES.indexOf(worst?.severity ?? "info");
  const noted = cases.filter(isNoted).toSorted((a, b) => rank(a) - rank(b));
  const others = cases.filter((line) => !isNoted(line));
  const table = (
    lines: readonly CaseLine[],
    caption: string,
  ) => html`<table class="full cases"><caption>${caption}</caption>
<thead><tr>${page.pictures.size > 0 ? html`<th scope="col">Picture</th>` : null}<th scope="col">Case</th><th scope="col">Worst finding</th><th scope="col" class="number">Errors in its report</th><th scope="col" class="number">Warnings</th><th scope="col" class="number">Regions</th><th scope="col">Shape</th><th scope="col">Spacing, mm</th><th scope="col">Orientation</th><th scope="col">Apart from the rest</th>${page.summary.options.predictions ? html`<th scope="col" class="number">Mean Dice</th>` : null}</tr></thead>
<tbody>${lines.map((line) => caseRow(line, regions, page))}</tbody></table>`;
  const openTable = table(
    noted,
    "Cases with errors or warnings, of their own or of the dataset, worst first. Shape and spacing are those of the stored labels.",
  );
  return html`<section id="cases"><h2>Cases <small>${formatCount(cases.length)}</small></h2>
${noted.length === 0 ? html`<p>No case has errors or warnings.</p>` : noted.length > MAX_OPEN_CASES ? html`<details open><summary>${plural(noted.length, "case")} with errors or warnings</summary>${openTable}</details>` : openTable}
${others.length === 0 ? null : html`<details${others.length > MAX_UNNOTED ? null : html` open`}><summary>${plural(others.length, "case")} without errors or warnings</summary>${table(others, "Shape and spacing are those of the stored labels.")}</details>`}
</section>`;
}

function caseRow(
  line: CaseLine,
  regions: readonly SummarizedRegion[],
  { pictures, places, summary }: Page,
): Markup {
  const { name, worst } = line;
  const image = pictures.get(name);
  const picture =
    pictures.size === 0
      ? null
      : html`<td class="picture">${image === undefined ? null : html`<img src="pictures/${encodeURIComponent(image)}" alt="" loading="lazy" width="56" height="56">`}</td>`;
  const finding = worst
    ? html`${badge(worst.severity)} ${worst.title}`
    : html`<span class="none">none</span>`;
  const start = html`<tr id="case-${places.get(name) ?? 0}">${picture}<th scope="row">${name}</th>`;
  const { predictions } = summary.options;
  if (line.status !== "ok") {
    const why = line.sentence ?? "It has no record: it was not checked.";
    return html`${start}<td colspan="${predictions ? 9 : 8}">${badge("error")} ${why}</td></tr>\n`;
  }
  const present = line.voxels.filter((voxels, r) => (voxels ?? 0) > 0 && !regions[r]?.ignore).length;
  return html`${start}<td>${finding}</td>${number(zeroText(line.errors))}${number(zeroText(line.warnings))}${number(formatCount(present))}<td class="nowrap">${formatShape(line.shape)}</td><td class="nowrap">${line.spacing.map((mm) => String(Number(mm.toFixed(3)))).join(" × ")}</td><td>${line.orientation}</td><td>${apartText(line, regions)}</td>${predictions ? number(meanDice(line)) : null}</tr>\n`;
}

function apartText(line: CheckedLine, regions: readonly SummarizedRegion[]): Markup {
  if (line.outliers.length === 0) return html`<span class="none">–</span>`;
  const parts = line.outliers.map(({ region, measures }) => {
    const values = measures.map((measure) => {
      if (measure === "volume") return `${mlText(line.ml[region] ?? undefined)} mL`;
      if (measure === "side") return "other side";
      return plural(line[measure][region] ?? 0, measure === "specks" ? "speck" : "component");
    });
    return `${regions[region]?.name ?? ""}: ${values.join(", ")}`;
  });
  return html`${parts.join("; ")}`;
}

/** Over the regions whose Dice is a number. */
function meanDice({ prediction }: CheckedLine): string {
  if (!prediction || "refused" in prediction) return "–";
  const known = prediction.dice.filter((dice) => dice !== null);
  if (known.length === 0) return "–";
  return (known.reduce((sum, dice) => sum + dice, 0) / known.length).toFixed(3);
}
