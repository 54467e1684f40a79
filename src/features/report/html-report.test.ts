/** Tests of the printable report's HTML. */
import { describe, expect, it } from "vitest";
import { regionSetFromDefinition } from "../../domain/dataset/region-set.ts";
import { regionTable } from "../../domain/dataset/region-table.ts";
import type { Grid } from "../../domain/geometry/grid.ts";
import { buildReport } from "../../domain/report/report.ts";
import { axisTables, scalesOf } from "../../domain/targets/deep-supervision.ts";
import { definitionOf } from "../../domain/testing/definitions.ts";
import { survival } from "../../domain/testing/survival.ts";
import { volumeFromLabels } from "../../domain/volume/volume-from-labels.ts";
import { html } from "./html.ts";
import { type PageContent, reportPage } from "./html-report.ts";
import { picturedChannels } from "./report-thumbnails.ts";

const grid: Grid = { shape: [2, 2, 2], toWorld: [0, 0, 1, 0, 0, 2, 0, 0, 3, 0, 0, 0] };
const volume = volumeFromLabels(grid, [0, 1, 0, 2, 2, 2, 2, 2]);
const source = { kind: "labels", volume } as const;
const scales = scalesOf(grid.shape, [
  [1, 1, 1],
  [2, 2, 2],
  [1, 1, 1],
  [1, 1, 1],
]);
const name = `"<b>a & 'b'`;
const definition = definitionOf({ background: 0, [name]: 1, both: [1, 2], none: 7 }, [1, 2, 7]);
const regionSet = regionSetFromDefinition(definition);

const report = buildReport({
  adapter: { vendor: "v", architecture: "<arch>", description: "d", software: true },
  caseName: "case <1>",
  orientation: "RAS",
  mode: "nearest-exact",
  path: "label-first",
  pathReason: "because a < b",
  scales,
  stridesFrom: "plans",
  trainer: "default",
  configuration: null,
  imageGrid: null,
  mismatches: 0,
  extent: { channels: 3, of: 3, randomParts: null },
  source,
  regionSet,
  regionVoxels: [
    [1, 6, 0],
    [0, 1, 0],
    [0, 1, 0],
  ],
  definition,
  survival: survival({
    source,
    table: regionTable(volume.palette, regionSet.regions),
    channels: [0, 1, 2],
    scales: scales.map((scale) => axisTables(grid.shape, scale, "nearest-exact")),
    patch: null,
  }),
});

const content: PageContent = {
  report,
  dataset: "Dataset & co",
  colors: ["#112233", "#445566", "#778899"],
  mapping: null,
  labelNames: new Map([[1, "<one>"]]),
  pictures: [
    {
      letters: { left: "R", right: "L", top: "A", bottom: "P" },
      channel: 0,
      plane: "axial",
      slice: 0,
      slices: 2,
      example: [0, 0, 1],
      sizeMm: [2, 4],
      images: ["data:image/png;base64,AAAA", "data:image/png;base64,AAAA", "data:image/png;base64,AAAA"],
    },
  ],
  madeAt: new Date(2025, 10, 24, 5, 59),
};

/** Strips tags and decodes entities. */
function readable(page: string): string {
  const body = page.slice(page.indexOf("<body>"));
  const signs: Record<string, string> = {
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
    "&#39;": "'",
    "&amp;": "&",
  };
  return body.replace(/<[^>]*>/g, "").replace(/&[#\w]+;/g, (sign) => signs[sign] ?? sign);
}

describe("reportPage", () => {
  const page = reportPage(content);

  it("escapes everything that came from files", () => {
    expect(page).not.toMatch(/<b>a|<one>|<arch>|case <1>|a < b|t & co/);
    const allText = readable(page);
    for (const text of [name, "<one>", "<arch>", "case <1>", "because a < b", "Dataset & co"])
      expect(allText).toContain(text);
  });

  it("numbers the slice of a picture from 0, like voxel indices", () => {
    expect(page).toContain("<p>axial slice 0 of 1</p>");
  });

  it("says where strides come from, with the file's text escaped", () => {
    const strides = (changes: Partial<typeof report>) =>
      /Strides(.*)Adapter/.exec(readable(reportPage({ ...content, report: { ...report, ...changes } })))?.[1];
    expect(strides({ stridesFrom: "plans", configuration: "3d & <b>" })).toBe("plans, 3d & <b>");
    expect(strides({ stridesFrom: "edited" })).toBe("edited by hand");
    expect(strides({ stridesFrom: "guess" })).toBe("guessed (no plans)");
  });

  it("names the trainer of the loss weights, and writes small weights in full", () => {
    const weights = report.scales.map((scale, s) => ({ ...scale, lossWeight: s === 2 ? 5.3e-7 : 0.5 }));
    const changed = { ...report, trainer: "ddp", scales: weights } as const;
    const allText = reportPage({ ...content, report: changed });
    expect(allText).toContain("<dt>Trainer</dt><dd>DDP, without torch.compile</dd>");
    expect(allText).toContain('<td class="number">5e-7</td>');
    expect(page).toContain("<dt>Trainer</dt><dd>default</dd>");
    expect(page).toContain('<td class="number">0, unused</td>');
  });

  it("says which regions have no voxel, are absent or come back as another label", () => {
    const allText = readable(page);
    expect(allText).toContain("no voxel");
    expect(allText).toContain("absent");
    expect(allText).toContain(
      "1 of 2 connected components of the regions has no voxel at a scale used in the loss, nor has 1 whole region.",
    );
    expect(allText).toContain("24 November 2025");
    expect(page.match(/<img /g)).toHaveLength(3);
  });

  it("says that the CPU counted and that nothing was compared", () => {
    const page = reportPage({ ...content, report: { ...report, adapter: null, verified: null } });
    expect(page).toContain("<dt>Adapter</dt><dd>none: counted on the CPU</dd>");
    expect(page).toContain("<dt>Checked</dt><dd>Not checked: comparing the paths needs a GPU.</dd>");
  });

  it("says how much of a large case was compared", () => {
    expect(readable(page)).toContain("Every target voxel agrees with the per-channel path.");
    const parts = [{ channels: [32, 63], planes: [16, 31] }] as const;
    const sample = { seed: 1, targetVoxels: 512, ofTargetVoxels: 99_000, parts };
    const verified = { against: "per-channel", mismatches: 0, channels: 32, of: 1000, sample } as const;
    const allText = (mismatches: number) =>
      readable(reportPage({ ...content, report: { ...report, verified: { ...verified, mismatches } } }));
    const of = "of random parts (32 of 1,000 channels, 0.52 % of all target voxels)";
    expect(allText(0)).toContain(`Every target voxel ${of} agrees with the per-channel path.`);
    expect(allText(3)).toContain(`3 target voxels ${of} differ from the per-channel path.`);
  });

  it("lists the page's notices, escaped, and has no such section without notices", () => {
    expect(page).not.toContain("<h2>Notices</h2>");
    const notices = ["a<b>.nrrd: it has no voxel size.", "README.pdf was skipped."];
    const messages = reportPage({ ...content, report: { ...report, notices } });
    expect(messages).toContain("<h2>Notices</h2>");
    for (const notice of notices) expect(readable(messages)).toContain(notice);
    expect(messages).not.toContain("a<b>");
  });

  it("has a dash for a scale without voxels", () => {
    const [first, second, ...others] = report.scales;
    if (!first || !second) throw new Error("two scales are needed");
    const { regionVoxels: _, ...collapsed } = second;
    const dashed = reportPage({ ...content, report: { ...report, scales: [first, collapsed, ...others] } });
    const dashes = (text: string) => text.split('<td class="number">–</td>').length - 1;
    expect(dashes(dashed) - dashes(page)).toBe(3);
  });

  it("says of the grid that it reports on that it has no label", () => {
    const mapping = { labels: 0, changed: 0, changedVoxels: 0, unseen: 0, unseenChanged: 0 };
    const outcomes = { same: 0, wrong: 0, merged: 0, lost: 0, ignored: 0 };
    const pageOn = (grid: "stored" | "trained") =>
      readable(reportPage({ ...content, report: { ...report, grid }, mapping: { ...mapping, outcomes } }));
    expect(pageOn("stored")).toContain("There is no label in this case except background.");
    expect(pageOn("trained")).toContain("There is no label on the training grid except background.");
  });

  it("says why survival is missing", () => {
    const { survival: _, ...rest } = report;
    const without = reportPage({
      ...content,
      report: { ...rest, survival: null, survivalLeftOut: "Left out: too large." },
    });
    expect(without).toContain("Left out: too large.");
  });
});

describe("the patches of a report", () => {
  const patches = {
    grid: "trained",
    size: [4, 4, 4],
    loadedSize: [6, 6, 6],
    leftOut: ["rotation", "scaling", "mirroring"],
    samples: { anywhere: 8, foreground: 3, annotated: null },
    foregroundShare: 0.5,
    scales: [
      { factors: [1, 1, 1], shape: [4, 4, 4], lossWeight: 0.6 },
      { factors: [1, 1, 2], shape: [4, 4, 2], lossWeight: 0.4 },
      { factors: [1, 1, 4], shape: [4, 4, 1], lossWeight: 0 },
    ],
    regions: [
      { region: "<a>", inPatch: 0.804, gone: [0, 0.004, 1] },
      { region: "b", inPatch: 1, gone: [0, 0.62, 0.999] },
      { region: "kept", inPatch: 0.5, gone: [0, 0, 0] },
      { region: "none", inPatch: 0, gone: [null, null, null] },
    ],
  } as const;
  const pageWith = (given: typeof report.patches) =>
    reportPage({ ...content, report: { ...report, patches: given } });

  it("are absent without plans, and may be refused", () => {
    expect(pageWith(null)).not.toContain("<h2>Patches");
    expect(readable(pageWith({ refused: "It would take minutes." }))).toContain("It would take minutes.");
  });

  it("say what is drawn, and list the regions that are gone somewhere", () => {
    const page = pageWith(patches);
    const section = page.slice(page.indexOf("<h2>Patches"), page.indexOf("<h2>Regions"));
    const text = readable(`<body>${section}`);
    expect(text).toContain(
      "Training patches have 4 × 4 × 4 voxels, cut from 6 × 6 × 6 that are loaded; 50 % of them are centred on a foreground voxel, the others lie anywhere.",
    );
    expect(text).toContain("without rotation, scaling and mirroring");
    expect(report.grid).toBe("stored");
    expect(text).toContain("They are drawn from the training grid, not from the voxels reported on here.");
    expect(readable(pageWith({ ...patches, grid: "stored" }))).not.toContain("drawn from the training grid");
    const rows = [...section.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row = ""]) =>
      readable(`<body>${row.replaceAll("</td>", " | ").replaceAll("</th>", " | ")}`),
    );
    expect(rows).toEqual([
      "Region | In patches | Gone at 0 | Gone at 1 | Gone at 2 unused | ",
      "<a> | 80 % | 0 | <1 % | 100 % | ",
      "b | 100 % | 0 | 62 % | >99 % | ",
    ]);
    expect(section).toContain('<span class="lost">62 %</span>');
    expect(section).toContain('<span class="lost unused">100 %</span>');
    expect(text).toContain("1 region is never gone in a patch.");
  });
});

describe("html", () => {
  it("joins lists, omits nulls and escapes text once", () => {
    const items = ["<", "&amp;"].map((text) => html`<li>${text}</li>`);
    expect(html`<ul>${items}${null}</ul>`.text).toBe("<ul><li>&lt;</li><li>&amp;amp;</li></ul>");
  });
});

describe("picturedChannels", () => {
  it("picks regions with findings first, and no absent ones", () => {
    expect(picturedChannels(report)).toEqual([0, 1]);
    const found = { ...report, findings: report.findings.map((f) => ({ ...f, regions: ["both"] })) };
    expect(picturedChannels(found, 1)).toEqual([1]);
  });
});

it("says which grid it is about if the training grid was asked for", () => {
  const onGrid = (resampling: typeof report.resampling) =>
    /<dt>Grid<\/dt><dd>(.*?)<\/dd>/.exec(reportPage({ ...content, report: { ...report, resampling } }))?.[1];
  expect(onGrid(null)).toBeUndefined();
  expect(onGrid({ refused: "There are no plans." })).toBe("Stored grid. There are no plans.");
  const made = {
    from: { shape: [4, 6, 6], spacing: [2, 1, 1] },
    to: { shape: [4, 3, 3], spacing: [2, 2, 2] },
    box: { first: [0, 0, 0], shape: [4, 6, 6] },
    uncropped: null,
    function: "resample_data_or_seg_to_shape",
    order: 1,
    separateAxis: null,
    orderZ: null,
    type: "int8",
    gapVoxels: 0,
  } as const;
  const text = "Training grid, resampled from 4 × 6 × 6 voxels at 2 × 1 × 1 mm to 2 × 2 × 2 mm";
  expect(onGrid(made)).toBe(`${text}.`);
  expect(onGrid({ ...made, uncropped: "No image is open." })).toBe(`${text}. Not cropped: no image is open.`);
  expect(onGrid({ ...made, box: { first: [1, 0, 0], shape: [3, 6, 6] } })).toBe(
    `${text}, cropped to 3 × 6 × 6 voxels.`,
  );
});
