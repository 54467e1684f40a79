/**
 * `npm run bench:viewer`: times a viewer's work on the built application. Makes an atlas of 116 labels over a
 * T1 image, opens it as 1, 8 and 116 regions, changes the opacity, moves the crosshair, and compares the
 * times with bounds.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright";
import type { Triple } from "../src/domain/geometry/grid.ts";
import {
  ATLAS_LABELS,
  ATLAS_SHAPE,
  atlasDefinition,
  atlasPhantom,
} from "../src/domain/phantom/phantom-atlas.ts";
import { Headless } from "./headless.ts";
import { initialScripts } from "./initial-scripts.ts";
import { fileToWrite, main, positive, progress, readOptions } from "./run.ts";
import { type Row, viewerTable } from "./viewer-table.ts";
import { idle, type Redraw, summary, timeKeys, timeOpacity, timeOpening } from "./viewer-timing.ts";
import { writeVolume } from "./write-volume.ts";

const USAGE = "Usage: npm run bench:viewer -- [--openings 5] [--redraws 21] [--quick] [--json FILE]";
/** Shape of the atlas under `--quick`. */
const QUICK_SHAPE = [46, 54, 46] as const;
/** Size of the page, and later of the canvas, in px. */
const SIZE = { width: 1024, height: 576 } as const;
const COUNTS = [1, 8, ATLAS_LABELS] as const;
const PLANES = ["Axial", "Coronal", "Sagittal"] as const;
/** Goes around a square, so that no move ends at the edge of the volume. */
const AROUND = ["ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown"] as const;
const MS = { firstFrame: 1500, manyRegions: 2000, opacity: 100, redraw: 40 } as const;
const SCRIPT_BYTES = 300_000;

await main(async () => {
  const { values } = readOptions(
    {
      openings: { type: "string", default: "5" },
      redraws: { type: "string", default: "21" },
      // Uses a small atlas, once.
      quick: { type: "boolean", default: false },
      json: { type: "string" },
      help: { type: "boolean" },
    },
    USAGE,
  );
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const times = (text: string) => (values.quick ? 1 : Math.ceil(positive(text, USAGE)));
  const [openings, redraws] = [times(values.openings), times(values.redraws)];
  const json = values.json && fileToWrite("bench:viewer", "--json", values.json);
  const folder = await mkdtemp(join(tmpdir(), "regionscope-atlas-"));
  let app: Headless | undefined;
  try {
    progress("Making the atlas…");
    const files = await writeCase(folder, values.quick ? QUICK_SHAPE : ATLAS_SHAPE);
    app = await Headless.open(progress);
    const { page } = app;
    await page.setViewportSize(SIZE);
    const rows: Row[] = [];
    for (const count of COUNTS) {
      progress(`Opening ${count} regions…`);
      rows.push(...(await openingRows(app, files(count), count, openings)));
      progress(`Changing the opacity of ${count} regions…`);
      const changes = await timeOpacity(page, redraws);
      const bound = count === 1 ? {} : { boundMs: MS.opacity };
      rows.push(redrawRow(`${regionsText(count)}: opacity change`, changes, bound));
    }
    progress("Moving the crosshair…");
    rows.push(...(await planeRows(page, redraws, `page of ${SIZE.width} × ${SIZE.height}`)));
    // Gives one plane as many pixels as three planes side by side would have.
    await widen(page);
    rows.push(...(await planeRows(page, redraws, "larger page")));
    const scripts = initialScripts();
    const result = {
      schema: "regionscope.bench-viewer/1",
      browser: app.browserName,
      openings,
      redraws,
      rows,
      scripts,
      scriptBound: SCRIPT_BYTES,
    };
    progress("");
    process.stdout.write(viewerTable(result));
    if (json) await writeFile(json, `${JSON.stringify(result, null, 2)}\n`);
    return 0;
  } finally {
    await app?.close();
    await rm(folder, { recursive: true, force: true });
  }
});

/** Writes the files of the case. @returns their paths, with a definition of `regions` regions */
async function writeCase(folder: string, shape: Triple): Promise<(regions: number) => string[]> {
  const { grid, labels, image } = atlasPhantom(shape);
  const at = (name: string) => join(folder, name);
  await writeVolume(at("atlas.nii.gz"), grid, labels);
  await writeVolume(at("atlas_0000.nii.gz"), grid, image);
  for (const count of COUNTS) {
    await writeFile(at(`${count}-dataset.json`), atlasDefinition(count));
  }
  return (regions) => [at("atlas.nii.gz"), at("atlas_0000.nii.gz"), at(`${regions}-dataset.json`)];
}

async function openingRows(
  app: Headless,
  files: readonly string[],
  count: number,
  times: number,
): Promise<Row[]> {
  const openings: Map<string, number>[] = [];
  for (let i = 0; i < times; i++) openings.push(await timeOpening(app, files));
  const until = (mark: string, what: string, bound: { boundMs?: number } = {}) => ({
    ...summary({
      what: `${regionsText(count)}: files chosen to ${what}`,
      ms: openings.map((marks) => marks.get(mark) ?? Number.NaN),
    }),
    ...bound,
  });
  return [
    until("first frame", "first frame, without the image"),
    until("first frame with image", "first frame, with the image", {
      boundMs: count === 1 ? MS.firstFrame : MS.manyRegions,
    }),
    until("grid complete", "every voxel counted"),
  ];
}

async function planeRows(page: Page, times: number, where: string): Promise<Row[]> {
  const planes: Redraw[][] = [];
  for (const plane of PLANES) {
    await page.getByRole("radio", { name: plane }).click();
    await idle(page);
    planes.push(await timeKeys(page, AROUND, times));
  }
  const size = await page.locator("canvas.grid-canvas").evaluate((canvas: HTMLCanvasElement) => {
    const [row] = document.getElementsByClassName("grid-row");
    return { width: canvas.width, height: canvas.height, row: row?.clientHeight ?? Number.NaN };
  });
  const shown = Math.ceil(size.height / size.row);
  const head = `${regionsText(ATLAS_LABELS)}, ${where}, canvas of ${size.width} × ${size.height} with ${shown} rows in view`;
  // Adds up the i-th move of each plane, as the page shows one plane at a time.
  const sums = Array.from({ length: times }, (_, i) => ({
    workMs: planes.reduce((sum, moves) => sum + (moves[i]?.workMs ?? Number.NaN), 0),
    shownMs: planes.reduce((sum, moves) => sum + (moves[i]?.shownMs ?? Number.NaN), 0),
  }));
  return [
    ...PLANES.map((plane, i) =>
      redrawRow(`${head}: redraw after a crosshair move, ${plane.toLowerCase()}`, planes[i] ?? []),
    ),
    redrawRow(`${head}: sum of the three planes`, sums, { boundMs: MS.redraw }),
  ];
}

function redrawRow(what: string, redraws: readonly Redraw[], bound: { boundMs?: number } = {}): Row {
  const shown = summary({ what, ms: redraws.map(({ shownMs }) => shownMs) });
  return { ...summary({ what, ms: redraws.map(({ workMs }) => workMs) }), shownMs: shown.median, ...bound };
}

/** Enlarges the page by as much as the canvas falls short of it. */
async function widen(page: Page): Promise<void> {
  for (let i = 0; i < 2; i++) {
    const box = await page.locator("canvas.grid-canvas").boundingBox();
    const size = page.viewportSize();
    if (!box || !size) return;
    await page.setViewportSize({
      width: Math.round(size.width + SIZE.width - box.width),
      height: Math.round(size.height + SIZE.height - box.height),
    });
    await page.evaluate(() => new Promise(requestAnimationFrame));
    await idle(page);
  }
}

function regionsText(count: number): string {
  return count === 1 ? "1 region" : `${count} regions`;
}
