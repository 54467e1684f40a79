/**
 * `npm run pictures`: renders the README's pictures and the samples' thumbnails with the built application,
 * so that both show the page as it is.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright";
import { withFewColors } from "./few-colors.ts";
import { Headless } from "./headless.ts";
import { writePictureDataset } from "./picture-dataset.ts";
import { callerFolder, Failure, main, progress, readOptions, root, run } from "./run.ts";
import { idle } from "./viewer-timing.ts";

const USAGE = "Usage: npm run pictures -- [--out FOLDER] [--quick]";
const ABDOMEN = join(root, "public/samples/Dataset901_AbdomenRegions");
const WEBP_QUALITY = 0.82;
/** Spacing in mm that a planner may choose for a low resolution of the abdomen case. */
const LOW_RESOLUTION = [4.5, 4.5, 4.5] as const;
/** Pairs of class order values, swapped by mistake. */
const SWAPS = { 15: 16, 16: 15, 10: 11, 11: 10 } as const;
/** Twice the size of a card's thumbnail in CSS px. */
const THUMBNAIL = { width: 224, height: 152 } as const;
/** At this size of the page, the pane beside panels, header and probe has the aspect ratio of a thumbnail. */
const THUMBNAIL_WINDOW = { width: 955, height: 720 } as const;

/** Shows the findings of a summary and the beginning of its plot of volumes. */
const SUMMARY_WINDOW = { width: 1100, height: 1240 } as const;

/** Each sample's thumbnail shows a single pane of Planes. */
const THUMBNAILS = [
  { name: "abdomen-regions", parameters: "sample=abdomen-regions&view=planes&max=coronal&cross=0" },
  { name: "abdomen-organs", parameters: "sample=abdomen-organs&view=planes&max=solid" },
  { name: "spine-regions", parameters: "sample=spine-regions&view=planes&max=sagittal&cross=0" },
  { name: "synthetic", parameters: "sample=synthetic&regions=31&view=planes&max=coronal&cross=0" },
] as const;

interface Picture {
  readonly name: string;
  readonly theme: "light" | "dark";
  readonly take: (page: Page, quick: boolean) => Promise<void>;
}

/** The pictures of the README. */
const PICTURES: readonly Picture[] = [
  {
    name: "screenshot",
    theme: "light",
    take: async (page, quick) => {
      await open(page, "sample=abdomen-regions");
      await page.keyboard.press("j");
      await page.getByRole("button", { name: "Show timing" }).click();
      if (quick) await page.getByLabel("repeats").fill("1");
      await page.getByRole("button", { name: "Run comparison" }).click();
      await page.getByText("Median ms per batch").waitFor();
    },
  },
  { name: "planes", theme: "dark", take: (page) => open(page, "sample=abdomen-regions&view=planes") },
  { name: "compare", theme: "dark", take: (page) => open(page, "sample=abdomen-regions&view=compare") },
  { name: "round-trip", theme: "dark", take: openSwapped },
  { name: "resampling", theme: "light", take: openResampled },
];

await main(async () => {
  const { values } = readOptions(
    {
      // Replaces the project's root.
      out: { type: "string" },
      // Runs the comparison in the picture with a single repeat.
      quick: { type: "boolean", default: false },
      help: { type: "boolean" },
    },
    USAGE,
  );
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const out = values.out === undefined ? root : resolve(callerFolder("pictures"), values.out);
  const app = await Headless.open(progress);
  const { page } = app;
  const origin = new URL(page.url()).origin;
  try {
    for (const { name, theme, take } of PICTURES) {
      progress(name);
      await page.emulateMedia({ colorScheme: theme });
      await page.goto(origin);
      await take(page, values.quick);
      await idle(page);
      write(out, `docs/${name}.png`, await page.screenshot());
    }
    progress("summary");
    write(out, "docs/summary.png", withFewColors(await summaryPicture(page)));
    await page.setViewportSize(THUMBNAIL_WINDOW);
    for (const { name, parameters } of THUMBNAILS) {
      progress(name);
      await page.goto(origin);
      await open(page, parameters);
      write(out, `src/features/open/thumbnails/${name}.webp`, await thumbnail(page));
    }
  } finally {
    progress("");
    await app.close();
  }
  return 0;
});

/** Checks and summarises a dataset, as the README says how, and shows its page. */
async function summaryPicture(page: Page): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), "regionscope-pictures-"));
  const [dataset, out] = [join(folder, "Dataset901_AbdomenRegions"), join(folder, "check")];
  try {
    await writePictureDataset(dataset);
    for (const args of [
      ["check", dataset, out],
      ["summary", out],
    ]) {
      const code = await run(process.execPath, ["--import", "tsx", "tools/cli.ts", ...args], { quiet: true });
      if (code !== 0) throw new Failure(`regionscope ${args.join(" ")} ended with exit code ${code}.`);
    }
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize(SUMMARY_WINDOW);
    await page.goto(pathToFileURL(join(out, "summary.html")).href);
    await page
      .locator(".beside img")
      .evaluateAll((images: HTMLImageElement[]) => Promise.all(images.map((image) => image.decode())));
    return await page.screenshot();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function write(folder: string, path: string, bytes: Uint8Array): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  process.stdout.write(`${path}: ${(bytes.length / 1000).toFixed(0)} kB\n`);
}

async function open(page: Page, parameters: string): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/?${parameters}`);
  await idle(page);
}

function read(path: string): Buffer {
  return readFileSync(join(ABDOMEN, path));
}

/** Opens the abdomen case with two pairs of class order values swapped, a mistake that people make. */
async function openSwapped(page: Page): Promise<void> {
  const definition = JSON.parse(read("dataset.json").toString("utf8")) as { regions_class_order: number[] };
  const swaps: ReadonlyMap<number, number> = new Map(
    Object.entries(SWAPS).map(([from, to]) => [Number(from), to]),
  );
  definition.regions_class_order = definition.regions_class_order.map((value) => swaps.get(value) ?? value);
  await openAbdomen(page, JSON.stringify(definition, null, 2), read("nnUNetPlans.json").toString("utf8"));
  await page.keyboard.press("t");
}

/** Opens the abdomen case with plans of a coarser spacing, and the table of what resampling changed. */
async function openResampled(page: Page): Promise<void> {
  const plans = JSON.parse(read("nnUNetPlans.json").toString("utf8")) as {
    configurations: Record<string, { spacing: readonly number[] }>;
  };
  for (const configuration of Object.values(plans.configurations)) configuration.spacing = LOW_RESOLUTION;
  await openAbdomen(page, read("dataset.json").toString("utf8"), JSON.stringify(plans));
  await page.keyboard.press("Shift+V");
}

async function openAbdomen(page: Page, definition: string, plans: string): Promise<void> {
  await idle(page);
  await page
    .getByLabel("Open files", { exact: true })
    .and(page.locator("input"))
    .setInputFiles([
      file("dataset.json", Buffer.from(definition)),
      file("abdomen_001.nii.gz", read("labelsTr/abdomen_001.nii.gz")),
      file("abdomen_001_0000.nii.gz", read("imagesTr/abdomen_001_0000.nii.gz")),
      file("nnUNetPlans.json", Buffer.from(plans)),
    ]);
  await idle(page);
}

function file(name: string, buffer: Buffer) {
  return { name, mimeType: "", buffer };
}

/** The middle of the visible pane, without the elements over it. */
async function thumbnail(page: Page): Promise<Uint8Array> {
  await page.locator(".pane > *").evaluateAll((over) => {
    for (const element of over) if (element instanceof HTMLElement) element.style.visibility = "hidden";
  });
  await page.locator(".pane").evaluateAll((panes) => {
    for (const pane of panes) if (pane instanceof HTMLElement) pane.style.boxShadow = "none";
  });
  const box = await page.locator(".slices-canvas").boundingBox();
  if (!box) throw new Error("The page shows no pane.");
  const ratio = THUMBNAIL.width / THUMBNAIL.height;
  const height = Math.min(box.height, box.width / ratio);
  const width = height * ratio;
  const clip = { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height };
  const png = await page.screenshot({ clip });
  const webp = await page.evaluate(
    async ({ bytes, size, quality }) => {
      const picture = await createImageBitmap(new Blob([new Uint8Array(bytes)]), {
        resizeWidth: size.width,
        resizeHeight: size.height,
        resizeQuality: "high",
      });
      const canvas = new OffscreenCanvas(size.width, size.height);
      canvas.getContext("2d")?.drawImage(picture, 0, 0);
      const blob = await canvas.convertToBlob({ type: "image/webp", quality });
      return [...new Uint8Array(await blob.arrayBuffer())];
    },
    { bytes: [...png], size: THUMBNAIL, quality: WEBP_QUALITY },
  );
  return Uint8Array.from(webp);
}
