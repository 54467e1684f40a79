/** Writes the printable report: one HTML file that needs neither network nor scripts. */

import { formatCount, formatMl, plural } from "../../base/format-numbers.ts";
import { labelText } from "../../domain/dataset/label-text.ts";
import { SEVERITIES } from "../../domain/findings/finding.ts";
import { MOSTLY_GONE, percentOf } from "../../domain/patches/share-text.ts";
import type { Report } from "../../domain/report/report.ts";
import { extentText } from "../../domain/targets/verified-extent.ts";
import { TRAINER_NAMES } from "../../state/view/view-names.ts";
import type { MappingSummary } from "../label-mapping/label-mapping-selectors.ts";
import { html, Markup } from "./html.ts";
import style from "./report-page.css?raw";
import {
  dateText,
  gridText,
  patchesSentence,
  roundTripSentence,
  scaleStatusText,
  survivalSentence,
  times,
  weightText,
} from "./report-text.ts";
import type { RegionThumbnails } from "./report-thumbnails.ts";

export interface PageContent {
  readonly report: Report;
  readonly dataset: string | null;
  /** `#rrggbb`, by channel. */
  readonly colors: readonly string[];
  readonly mapping: MappingSummary | null;
  readonly labelNames: ReadonlyMap<number, string>;
  readonly pictures: readonly RegionThumbnails[];
  readonly madeAt: Date;
}

/** Most changed labels listed; those with the most voxels are kept. */
const MAX_CHANGES = 30;

export function reportPage(content: PageContent): string {
  const { report } = content;
  const title = `${report.case.name}: region report`;
  return `<!doctype html>\n${
    html`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
${new Markup(style)}</style>
</head>
<body>
${headSection(content)}
${findingsSection(report)}
${noticesSection(report)}
${roundTripSection(content)}
${scalesSection(content)}
${patchesSection(content)}
${regionsSection(content)}
${thumbnailsSection(content)}
<footer>Made by Regionscope from the open case; <i>Export report</i> saves the same facts as JSON.</footer>
</body>
</html>
`.text
  }`;
}

const SEVERITY_NAMES = { error: "error", warning: "warning", info: "note" } as const;

type Fact = readonly [name: string, value: string, width?: "wide"];

function headSection({ report, dataset, madeAt }: PageContent): Markup {
  const { case: about, adapter, verified } = report;
  const device = adapter
    ? `${[adapter.vendor, adapter.architecture].filter(Boolean).join(" ") || "unnamed"}${adapter.software ? " (software adapter)" : ""}`
    : "none: counted on the CPU";
  const facts: readonly Fact[] = [
    ["Dataset", dataset ?? "none"],
    ["Shape", `${times(about.shape)} voxels`],
    ["Spacing", `${times(about.spacing)} mm`],
    ...gridFact(report),
    ["Orientation", about.orientation],
    ["Reader", report.reader ?? "none"],
    ["Downsampling", report.mode],
    ["Trainer", TRAINER_NAMES[report.trainer]],
    ["Strides", stridesText(report)],
    ["Adapter", device, "wide"],
    ["Path", `${report.path}. ${report.pathReason}`, "wide"],
    ["Checked", checkedText(verified), "wide"],
  ];
  return html`<header>
<p class="kind">Regionscope region report · ${dateText(madeAt)}</p>
<h1>${about.name}</h1>
<dl>${facts.map(([name, value, width]) => html`<div class="${width ?? ""}"><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</header>`;
}

/** Nothing where the stored grid was asked for. */
function gridFact({ resampling }: Report): readonly Fact[] {
  return resampling ? [["Grid", gridText(resampling), "wide"]] : [];
}

/** Says where the scales come from. */
function stridesText({ stridesFrom, configuration }: Report): string {
  if (stridesFrom === "guess") return "guessed (no plans)";
  return stridesFrom === "edited" ? "edited by hand" : `plans, ${configuration}`;
}

function checkedText(verified: Report["verified"]): string {
  if (verified === null) return "Not checked: comparing the paths needs a GPU.";
  const { mismatches, channels, of, sample } = verified;
  const text = sample ? ` of random parts (${extentText({ channels, of, randomParts: sample })})` : "";
  if (mismatches > 0)
    return `${plural(mismatches, "target voxel")}${text} ${mismatches === 1 ? "differs" : "differ"} from the per-channel path.`;
  return `Every target voxel${text} agrees with the per-channel path.`;
}

function findingsSection({ findings }: Report): Markup {
  const tally = SEVERITIES.flatMap((severity) => {
    const n = findings.filter((f) => f.severity === severity).length;
    return n === 0 ? [] : [plural(n, SEVERITY_NAMES[severity])];
  });
  const list = findings.map(
    ({ severity, title, message, code }) =>
      html`<li><b class="severity ${severity}">${SEVERITY_NAMES[severity]}</b><p><b>${title}.</b> ${message} <code>${code}</code></p></li>\n`,
  );
  return html`<section><h2>Findings <small>${tally.join(", ") || "none"}</small></h2>
${findings.length === 0 ? html`<p>No problems were found in this case.</p>` : html`<ul class="findings">${list}</ul>`}
</section>`;
}

/** Lists what was left out or changed when the case was opened. */
function noticesSection({ notices }: Report): Markup {
  if (notices.length === 0) return html``;
  return html`<section><h2>Notices</h2>
<ul>${notices.map((notice) => html`<li>${notice}</li>\n`)}</ul>
</section>`;
}

function roundTripSection({ report, mapping, labelNames }: PageContent): Markup {
  const changes = report.roundTrip?.changes ?? [];
  const listed = changes.toSorted((a, b) => b.voxels - a.voxels).slice(0, MAX_CHANGES);
  const named = (label: number) => {
    const name = labelNames.get(label);
    return html`<td class="number">${label}</td><td>${name ?? ""}</td>`;
  };
  const table = html`<table class="narrow"><thead><tr><th colspan="2">Label in file</th><th colspan="2">Label in prediction</th><th class="number">Voxels</th></tr></thead>
<tbody>${listed.map(({ from, to, voxels }) => html`<tr>${named(from)}${named(to)}<td class="number">${formatCount(voxels)}</td></tr>\n`)}</tbody></table>`;
  const more = changes.length - listed.length;
  return html`<section><h2>Round trip <small>the labels of a perfect prediction</small></h2>
<p>${roundTripSentence(report, mapping)}</p>
${listed.length === 0 ? null : table}
${more === 0 ? null : html`<p class="note">and ${plural(more, "label")} with fewer voxels; the JSON report has all of them.</p>`}
</section>`;
}

function scalesSection({ report }: PageContent): Markup {
  const rows = report.scales.map(
    ({ factors, shape, lossWeight }, s) =>
      html`<tr><td class="number">${s}</td><td>${factors.map((f) => (f === 1 ? "1" : `1/${f}`)).join(" × ")}</td><td>${times(shape)}</td><td class="number">${weightText(lossWeight)}</td></tr>\n`,
  );
  const survival = survivalSentence(report) ?? report.survivalLeftOut ?? null;
  return html`<section><h2>Scales</h2>
<table class="narrow"><thead><tr><th class="number">Scale</th><th>Factors</th><th>Shape</th><th class="number">Loss weight</th></tr></thead>
<tbody>${rows}</tbody></table>
${survival === null ? null : html`<p>${survival}</p>`}
</section>`;
}

/** Lists in how many patches each region is, and is gone at a scale; nothing without plans. */
function patchesSection({ report, colors }: PageContent): Markup {
  const { patches } = report;
  if (!patches) return html``;
  const title = html`<h2>Patches <small>what nnU-Net's loader draws from this case</small></h2>`;
  if ("refused" in patches) return html`<section>${title}<p>${patches.refused}</p></section>`;
  const { scales, regions } = patches;
  const listed = [...regions.entries()].filter(
    ([, { inPatch, gone }]) => inPatch > 0 && gone.some((share) => share !== null && share > 0),
  );
  const head = html`<tr><th class="region">Region</th><th class="number">In patches</th>${scales.map(({ lossWeight }, s) => html`<th class="number">Gone at ${s}${lossWeight === 0 ? html` <small>unused</small>` : null}</th>`)}</tr>`;
  const rows = listed.map(
    ([channel, { region, inPatch, gone }]) =>
      html`<tr><th class="region">${swatch(colors[channel])}${region}</th><td class="number">${percentOf(inPatch)}</td>${gone.map((share, s) => html`<td class="number">${goneText(share, scales[s]?.lossWeight ?? null)}</td>`)}</tr>\n`,
  );
  const others = regions.filter(({ inPatch }) => inPatch > 0).length - listed.length;
  return html`<section>${title}
<p>${patchesSentence(patches, report.grid)}</p>
${listed.length === 0 ? null : html`<table class="regions"><thead>${head}</thead>\n<tbody>${rows}</tbody></table>`}
${others === 0 ? null : html`<p class="note">${plural(others, "region")} ${others === 1 ? "is" : "are"} never gone in a patch.</p>`}
</section>`;
}

/** Grey where the loss does not use the scale, red from half of the patches. */
function goneText(share: number | null, lossWeight: number | null): Markup {
  if (share === null) return html`–`;
  const look = lossWeight === 0 ? "lost unused" : share >= MOSTLY_GONE ? "lost" : "";
  return share === 0 ? html`0` : html`<span class="${look}">${percentOf(share)}</span>`;
}

function regionsSection({ report, colors }: PageContent): Markup {
  const { regions, scales, survival } = report;
  const hasLabels = regions.some(({ labels }) => labels.length > 0);
  const hasOrder = regions.some(({ classOrder }) => classOrder !== null);
  const head = html`<tr><th class="region">Region</th>${hasLabels ? html`<th>Labels</th>` : null}${hasOrder ? html`<th class="number">Output</th>` : null}<th class="number">mL</th>${scales.map((_, s) => html`<th class="number">${s === 0 ? "Voxels" : `Scale ${s}`}</th>`)}${survival ? html`<th class="parts">Components</th>` : null}</tr>`;
  const rows = regions.map((region, channel) => {
    const full = scales[0]?.regionVoxels?.[channel] ?? 0;
    const found = survival?.regions[channel];
    return html`<tr><th class="region">${swatch(colors[channel])}${region.name}${region.ignore ? html` <small>ignore</small>` : null}</th>
${hasLabels ? html`<td>${labelText(region.labels)}</td>` : null}${hasOrder ? html`<td class="number">${region.classOrder ?? "–"}</td>` : null}<td class="number">${formatMl(full * voxelMl(report))}</td>${scales.map((scale) => html`<td class="number">${scaleStatusLine(full, scale, channel)}</td>`)}${found ? html`<td class="parts">${partsText(found)}</td>` : null}</tr>\n`;
  });
  return html`<section><h2>Regions <small>${formatCount(regions.length)}, counted in the whole case</small></h2>
<table class="regions"><thead>${head}</thead>
<tbody>${rows}</tbody></table>
</section>`;
}

/**
 * Voxels at a scale, or the scale status if there are none, in red if the loss misses them; a dash if the
 * scale itself has no voxels.
 */
function scaleStatusLine(
  full: number,
  { regionVoxels, lossWeight }: Report["scales"][number],
  channel: number,
): Markup {
  if (!regionVoxels) return html`–`;
  const voxels = regionVoxels[channel] ?? 0;
  const text = scaleStatusText(full, voxels);
  if (voxels > 0) return html`${text}`;
  return html`<span class="${full > 0 ? "lost" : "absent"} ${lossWeight === 0 ? "unused" : ""}">${text}</span>`;
}

/** "3, 1 lost": with no voxel at a scale used in the loss. */
function partsText({
  components,
  vanishingForLoss,
}: {
  readonly components: number;
  readonly vanishingForLoss: number;
}): string {
  const lost = vanishingForLoss === 0 ? "" : `, ${formatCount(vanishingForLoss)} lost`;
  return `${formatCount(components)}${lost}`;
}

function thumbnailsSection({ report, colors, pictures }: PageContent): Markup {
  const [first] = pictures;
  if (!first) return html``;
  const { regions, scales } = report;
  const present = regions.filter((_, channel) => (scales[0]?.regionVoxels?.[channel] ?? 0) > 0).length;
  const some =
    pictures.length < present
      ? ` ${formatCount(pictures.length)} of ${formatCount(present)} regions have images; those with findings come first.`
      : "";
  const { plane, letters } = first;
  return html`<section><h2>Images</h2>
<p>The ${plane} slice through a voxel in the middle of each region's largest component, at every scale as used in the loss; ${letters.left} is on the left, ${letters.top} at the top. The thin white line outlines the region at scale 0. Slices are numbered from 0. Counts cover the whole case.${some}</p>
${pictures.map((picture) => thumbnailRow(picture, report, colors))}
</section>`;
}

function thumbnailRow(
  { channel, plane, slice, slices, sizeMm, images }: RegionThumbnails,
  report: Report,
  colors: readonly string[],
): Markup {
  const { regions, scales } = report;
  const name = regions[channel]?.name ?? "";
  const labels = regions[channel]?.labels ?? [];
  const full = scales[0]?.regionVoxels?.[channel] ?? 0;
  const figures = images.map((url, s) => {
    const scale = scales[s];
    return html`<figure><img src="${url}" alt="${name} at scale ${s}"><figcaption>scale ${s} · ${scale ? scaleStatusLine(full, scale, channel) : ""}</figcaption></figure>\n`;
  });
  const lines = [
    ...(labels.length > 0 ? [`${labels.length === 1 ? "label" : "labels"} ${labelText(labels)}`] : []),
    `${formatMl(full * voxelMl(report))} mL`,
    `${plane} slice ${slice} of ${slices - 1}`,
    `${sizeMm.map((mm) => mm.toFixed(mm < 10 ? 1 : 0)).join(" × ")} mm shown`,
  ];
  return html`<article><div class="about"><h3>${swatch(colors[channel])}<span>${name}</span></h3>
${lines.map((line) => html`<p>${line}</p>`)}</div>
<div class="figures">${figures}</div></article>\n`;
}

function swatch(color = "#888888"): Markup {
  return html`<i class="swatch" style="background:${color}"></i>`;
}

function voxelMl({ case: about }: Report): number {
  return about.spacing.reduce((a, b) => a * b, 1) / 1000;
}
