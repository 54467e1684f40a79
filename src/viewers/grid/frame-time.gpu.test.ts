/**
 * Measures a redraw after a move of the crosshair, including presentation; prints the time and checks it
 * against the project's limit.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Grid, type Plane, voxelCount } from "../../domain/geometry/grid.ts";
import { defaultStrides } from "../../domain/targets/deep-supervision.ts";
import { placedTargets } from "../../domain/targets/placed-targets.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { acquireForTest } from "../../gpu/testing/acquire-for-test.ts";
import { ResidentCase } from "../../targets/resident/resident-case.ts";
import { ResidentTargets } from "../../targets/resident/resident-targets.ts";
import type { GridView } from "../shared/grid-view.ts";
import { createResidentImage } from "../shared/resident-image.ts";
import { boxLabels, randomTable } from "../testing/grid-fixture.ts";
import { GridViewer } from "./grid-viewer.ts";

const MOVES = 15;

let gpu: Gpu;
beforeAll(async () => {
  gpu = await acquireForTest();
});
afterAll(() => gpu.dispose());

// The bundled abdomen case: 25 regions, with four of its scales in view at a time.
const grid: Grid = { shape: [112, 101, 122], toWorld: [0, 0, -3, 0, 0, 3, 0, 0, 3, 0, 0, 0] };
/** The grid's area beside the panels on a page of 1440 x 900, and that whole page. */
const canvases = [
  { widthPx: 704, heightPx: 768, limitMs: 400 },
  { widthPx: 1440, heightPx: 900, limitMs: 800 },
] as const;

function viewAt(plane: Plane, drawFrom: GridView["drawFrom"], move: number): GridView {
  return {
    plane,
    convention: "radiological",
    voxel: [40 + move, 35 + move, 50 + move],
    zoom: 1,
    panMm: [0, 0],
    window: { level: 40, width: 400 },
    fillOpacity: 0.5,
    outline: true,
    crosshair: true,
    interpolated: false,
    drawFrom,
  };
}

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

async function medianRedraw(
  viewer: GridViewer,
  plane: Plane,
  drawFrom: GridView["drawFrom"],
): Promise<number> {
  const times: number[] = [];
  for (let move = 0; move < MOVES; move++) {
    await nextFrame();
    const start = performance.now();
    viewer.set({ view: viewAt(plane, drawFrom, move) });
    gpu.submit("frame", (encoder) => viewer.encode(encoder));
    await gpu.device.queue.onSubmittedWorkDone();
    await nextFrame();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[MOVES >> 1] ?? Number.NaN;
}

it("redraws within the time limit", async () => {
  const resident = await ResidentCase.create(gpu, {
    source: boxLabels(grid, 26, 1),
    table: randomTable(26, 25, 2),
    channels: 25,
  });
  const targets = new ResidentTargets(
    resident,
    placedTargets(grid.shape, null, defaultStrides(), "nearest-exact"),
  );
  await targets.ensureBitmap();
  const data = Float32Array.from({ length: voxelCount(grid.shape) }, (_, i) => ((i * 7919) % 500) - 200);
  const image = await createResidentImage(gpu, { grid, data, min: -200, max: 300 }, grid);
  const canvas = document.createElement("canvas");
  document.body.append(canvas);
  const viewer = await GridViewer.create(gpu, canvas);
  viewer.setCase(targets, image);
  const rows = Array.from({ length: 25 }, (_, channel) => ({
    channel,
    color: [0.3, 0.8, channel / 25] as const,
  }));

  const report: string[] = [];
  const late: string[] = [];
  for (const { widthPx, heightPx, limitMs } of canvases) {
    const columnWidthPx = widthPx / 4;
    const tiles = { columnWidthPx, rowHeightPx: columnWidthPx, gapPx: 2, scrollTopPx: 0 };
    viewer.set({ rows, layout: { widthPx, heightPx, devicePixelRatio: 1, ...tiles } });
    for (const drawFrom of ["bit-packed", "label-first"] as const)
      for (const plane of ["axial", "coronal", "sagittal"] as const) {
        const medianMs = await medianRedraw(viewer, plane, drawFrom);
        report.push(`${widthPx} x ${heightPx}, ${drawFrom}, ${plane}: ${medianMs.toFixed(1)} ms`);
        if (medianMs >= limitMs) late.push(report.at(-1) ?? "");
      }
  }
  viewer.dispose();
  image.dispose();
  targets.dispose();
  resident.dispose();
  canvas.remove();
  // biome-ignore lint/suspicious/noConsole: the figure is what this test is for
  console.log(`median redraw (${gpu.adapter.description || gpu.adapter.architecture})\n${report.join("\n")}`);
  expect(late).toEqual([]);
});
