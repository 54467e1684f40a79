/** The printable report: one HTML file that needs nothing else, no network and no scripts. */

import type { Report } from "../domain/report.ts";
import type { FlowSummary } from "../state/insight-selectors.ts";
import { labelText } from "../state/label-text.ts";
import { html, Markup } from "./html.ts";
import style from "./report-page.css?raw";
import type { RegionPictures } from "./report-pictures.ts";
import {
  count,
  counted,
  dateText,
  millilitres,
  presenceText,
  roundTripSentence,
  survivalSentence,
  times,
} from "./report-words.ts";

export interface PageContent {
  readonly report: Report;
  readonly dataset: string | null;
  /** Of the plans; null where scales come from elsewhere. */
  readonly configuration: string | null;
  /** `#rrggbb` of each region. */
  readonly colors: readonly string[];
  readonly flow: FlowSummary | null;
  readonly labelNames: ReadonlyMap<number, string>;
  readonly pictures: readonly RegionPictures[];
  readonly madeAt: Date;
}

/** Of more labels that come back as others, those with most voxels are listed. */
const MOST_CHANGES = 60;

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
${roundTripSection(content)}
${scalesSection(content)}
${regionsSection(content)}
${picturesSection(content)}
<footer>Made by Regionscope from the open case; the same facts are in the JSON of <i>Export report</i>.</footer>
</body>
</html>
`.text
  }`;
}

function headSection({ report, dataset, configuration, madeAt }: PageContent): Markup {
  const { case: about, adapter, verified } = report;
  const device = [adapter.vendor, adapter.architecture].filter(Boolean).join(" ") || "unnamed";
  const facts: readonly (readonly [string, string])[] = [
    ["Dataset", dataset ?? "none"],
    ["Shape", `${times(about.shape)} voxels`],
    ["Spacing", `${times(about.spacing)} mm`],
    ["Orientation", about.orientation],
    ["Downsampling", report.mode],
    ...(configuration ? [["Configuration", configuration] as const] : []),
    ["Adapter", `${device}${adapter.software ? ", in software" : ""}`],
    ["Path", `${report.path}. ${report.pathReason}`],
    [
      "Checked",
      verified.mismatches === 0
        ? "Every target voxel agrees with the per-channel path."
        : `${counted(verified.mismatches, "target voxel")} differ from the per-channel path.`,
    ],
  ];
  return html`<header>
<p class="kind">Regionscope region report · ${dateText(madeAt)}</p>
<h1>${about.name}</h1>
<dl>${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</header>`;
}

function findingsSection({ findings }: Report): Markup {
  const tally = (["error", "warning", "info"] as const).flatMap((severity) => {
    const n = findings.filter((f) => f.severity === severity).length;
    return n === 0 ? [] : [severity === "info" ? `${count(n)} info` : counted(n, severity)];
  });
  const list = findings.map(
    ({ severity, message, code }) =>
      html`<li><b class="severity ${severity}">${severity}</b><p>${message} <code>${code}</code></p></li>\n`,
  );
  return html`<section><h2>Findings <small>${tally.join(", ") || "none"}</small></h2>
${findings.length === 0 ? html`<p>Nothing was found that is wrong with the regions of this case.</p>` : html`<ul class="findings">${list}</ul>`}
</section>`;
}

function roundTripSection({ report, flow, labelNames }: PageContent): Markup {
  const { changes } = report.roundTrip;
  const listed = changes.toSorted((a, b) => b.voxels - a.voxels).slice(0, MOST_CHANGES);
  const named = (label: number) => {
    const name = labelNames.get(label);
    return html`<td class="number">${label}</td><td>${name ?? ""}</td>`;
  };
  const table = html`<table class="narrow"><thead><tr><th colspan="2">Label</th><th colspan="2">Comes back as</th><th class="number">Voxels</th></tr></thead>
<tbody>${listed.map(({ from, to, voxels }) => html`<tr>${named(from)}${named(to)}<td class="number">${count(voxels)}</td></tr>\n`)}</tbody></table>`;
  const more = changes.length - listed.length;
  return html`<section><h2>Round trip</h2>
<p>${roundTripSentence(report, flow)} This is what a perfect prediction would give back.</p>
${listed.length === 0 ? null : table}
${more === 0 ? null : html`<p class="note">and ${counted(more, "label")} with fewer voxels.</p>`}
</section>`;
}

function scalesSection({ report }: PageContent): Markup {
  const rows = report.scales.map(
    ({ factors, shape, lossWeight }, s) =>
      html`<tr><td class="number">${s}</td><td>${factors.map((f) => (f === 1 ? "1" : `1/${f}`)).join(" × ")}</td><td>${times(shape)}</td><td class="number">${lossWeight === null ? "undefined" : lossWeight.toFixed(3)}</td></tr>\n`,
  );
  const survival = survivalSentence(report) ?? report.survivalLeftOut ?? null;
  return html`<section><h2>Scales</h2>
<table class="narrow"><thead><tr><th class="number">Scale</th><th>Factors (z × y × x)</th><th>Shape</th><th class="number">Loss weight</th></tr></thead>
<tbody>${rows}</tbody></table>
${survival === null ? null : html`<p>${survival}</p>`}
</section>`;
}

function regionsSection({ report, colors }: PageContent): Markup {
  const { regions, scales, survival } = report;
  const voxelMl = report.case.spacing.reduce((a, b) => a * b, 1) / 1000;
  const hasLabels = regions.some(({ labels }) => labels.length > 0);
  const hasOrder = regions.some(({ classOrder }) => classOrder !== null);
  const head = html`<tr><th class="region">Region</th>${hasLabels ? html`<th>Labels</th>` : null}${hasOrder ? html`<th class="number">Order</th>` : null}<th class="number">ml</th>${scales.map((_, s) => html`<th class="number">${s === 0 ? "Voxels" : `Scale ${s}`}</th>`)}${survival ? html`<th>Parts</th>` : null}</tr>`;
  const rows = regions.map((region, channel) => {
    const full = scales[0]?.regionVoxels[channel] ?? 0;
    const found = survival?.regions[channel];
    return html`<tr><th class="region"><i class="swatch" style="background:${colors[channel] ?? "#888888"}"></i>${region.name}${region.ignore ? html` <small>ignore</small>` : null}</th>
${hasLabels ? html`<td>${labelText(region.labels)}</td>` : null}${hasOrder ? html`<td class="number">${region.classOrder ?? "–"}</td>` : null}<td class="number">${millilitres(full * voxelMl)}</td>${scales.map(({ regionVoxels }) => voxelCell(full, regionVoxels[channel] ?? 0))}${found ? html`<td>${partsText(found)}</td>` : null}</tr>\n`;
  });
  return html`<section><h2>Regions <small>${count(regions.length)}</small></h2>
<table class="regions"><thead>${head}</thead>
<tbody>${rows}</tbody></table>
</section>`;
}

function voxelCell(full: number, voxels: number): Markup {
  const text = presenceText(full, voxels);
  return html`<td class="number ${voxels > 0 ? "" : text}">${text}</td>`;
}

/** "3, of which 1 vanishes" */
function partsText({
  components,
  vanishingForLoss,
}: {
  readonly components: number;
  readonly vanishingForLoss: number;
}): string {
  if (vanishingForLoss === 0) return count(components);
  return components === 1
    ? "1, which vanishes"
    : `${count(components)}, of which ${count(vanishingForLoss)} ${vanishingForLoss === 1 ? "vanishes" : "vanish"}`;
}

function picturesSection({ report, colors, pictures }: PageContent): Markup {
  if (pictures.length === 0) return html``;
  const { regions, scales } = report;
  const present = regions.filter((_, channel) => (scales[0]?.regionVoxels[channel] ?? 0) > 0).length;
  const some =
    pictures.length < present
      ? ` ${count(pictures.length)} of ${count(present)} regions: those with findings first, then in their order.`
      : "";
  const plane = pictures[0]?.plane ?? "axial";
  return html`<section><h2>Pictures</h2>
<p>The ${plane} slice through a voxel in the middle of each region's largest part, at every scale as the loss gets it. The white line is the region at full size.${some}</p>
${pictures.map((picture) => pictureRow(picture, report, colors))}
</section>`;
}

function pictureRow(
  { channel, plane, slice, slices, sizeMm, images }: RegionPictures,
  { regions, scales }: Report,
  colors: readonly string[],
): Markup {
  const name = regions[channel]?.name ?? "";
  const full = scales[0]?.regionVoxels[channel] ?? 0;
  return html`<article><div class="about"><h3><i class="swatch" style="background:${colors[channel] ?? "#888888"}"></i>${name}</h3>
<p>${plane} ${slice + 1} of ${slices}<br>${sizeMm.map((mm) => mm.toFixed(mm < 10 ? 1 : 0)).join(" × ")} mm</p></div>
${images.map((url, s) => {
  const voxels = presenceText(full, scales[s]?.regionVoxels[channel] ?? 0);
  return html`<figure><img src="${url}" alt="${name} at scale ${s}"><figcaption>scale ${s} · <span class="${voxels === "vanished" ? "vanished" : ""}">${voxels}</span></figcaption></figure>\n`;
})}</article>\n`;
}
