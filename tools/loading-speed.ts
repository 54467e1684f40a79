/**
 * `npm run bench:loading`: measures how much longer reading a file takes than unpacking it. Both run in a
 * worker of the same browser: gunzip alone, which only counts bytes, and the application's own reader, which
 * makes a palette or an image of them.
 */
import { readdirSync, statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { Page } from "playwright";
import { quantile } from "../src/base/statistics.ts";
import { Headless } from "./headless.ts";
import {
  callerFolder,
  Failure,
  fileToWrite,
  inTime,
  main,
  positive,
  progress,
  readOptions,
  root,
} from "./run.ts";
import { verdict } from "./viewer-table.ts";

const USAGE =
  "Usage: npm run bench:loading -- [FILE.nii.gz ...] [--repeats 7] [--quick] [--timeout 120] [--json FILE]";
const FILES = "[data-automation-files]";
/** The longest that reading may take, as a multiple of gunzip alone. */
const BOUND = 1.5;

/**
 * A worker that unpacks a file and answers with the number of bytes. Served from the page's origin, as its
 * policy requires.
 */
const GUNZIP_PATH = "gunzip-alone.js";
const GUNZIP = `
self.onmessage = async ({ data }) => {
  try {
    const reader = data.stream().pipeThrough(new DecompressionStream("gzip")).getReader();
    let bytes = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) bytes += part.value.length;
    self.postMessage(bytes);
  } catch (error) {
    self.postMessage(String(error));
  }
};
`;

interface Times {
  readonly file: string;
  readonly role: "labels" | "image";
  readonly unpackedBytes: number;
  readonly gunzipMs: readonly number[];
  readonly readMs: readonly number[];
}

await main(async () => {
  const { values, positionals } = readOptions(
    {
      repeats: { type: "string", default: "7" },
      // Reads only the smallest sample, once.
      quick: { type: "boolean", default: false },
      // Limit for one reading, in seconds.
      timeout: { type: "string", default: "120" },
      json: { type: "string" },
      help: { type: "boolean" },
    },
    USAGE,
    true,
  );
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const given = positionals.map((path) => resolve(callerFolder("bench:loading"), path));
  const repeats = values.quick ? 1 : Math.ceil(positive(values.repeats, USAGE));
  const seconds = positive(values.timeout, USAGE);
  const json = values.json && fileToWrite("bench:loading", "--json", values.json);
  const app = await Headless.open(progress, { scripts: { [GUNZIP_PATH]: GUNZIP } });
  try {
    const results: Times[] = [];
    for (const file of given.length > 0 ? given : samples().slice(0, values.quick ? 1 : undefined)) {
      progress(`${basename(file)}…`);
      // One extra round warms both up, and each round reads twice.
      const limit = 2 * (repeats + 1) * seconds;
      const late = `${file}: reading it ${2 * (repeats + 1)} times did not end within ${limit} s.`;
      results.push(await inTime(timeFile(app.page, file, repeats), limit, late));
    }
    progress("");
    process.stdout.write(table(app.browserName, results));
    if (json)
      await writeFile(
        json,
        `${JSON.stringify({ schema: "regionscope.bench-loading/1", browser: app.browserName, bound: BOUND, results }, null, 2)}\n`,
      );
    return 0;
  } finally {
    await app.close();
  }
});

/** All samples, smallest first. */
function samples(): string[] {
  const folder = join(root, "public", "samples");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".nii.gz"))
    .map((path) => join(folder, path))
    .sort((a, b) => statSync(a).size - statSync(b).size);
}

/** Recognises images, as nnU-Net does, by the channel number at the end of their name. */
async function timeFile(page: Page, file: string, repeats: number): Promise<Times> {
  const role = /_\d{4}\.nii(\.gz)?$/.test(file) ? "image" : "labels";
  await page.setInputFiles(FILES, file);
  const times = await page.evaluate(
    async ({ selector, role, repeats, script }) => {
      const file = document.querySelector<HTMLInputElement>(selector)?.files?.[0];
      const { regionscope } = window;
      if (!file || !regionscope) throw new Error("The page took no file.");
      const worker = new Worker(new URL(script, document.baseURI));
      const taken = { unpackedBytes: 0, gunzipMs: [] as number[], readMs: [] as number[] };
      // The first round warms both up.
      for (let round = 0; round <= repeats; round++) {
        const start = performance.now();
        taken.unpackedBytes = await new Promise<number>((done, fail) => {
          worker.onerror = () => fail(new Error("The worker that unpacks alone could not be started."));
          worker.onmessage = ({ data }) => (typeof data === "number" ? done(data) : fail(new Error(data)));
          worker.postMessage(file);
        });
        const gunzipMs = performance.now() - start;
        const readMs = await regionscope.timeReading(role);
        if (round === 0) continue;
        taken.gunzipMs.push(gunzipMs);
        taken.readMs.push(readMs);
      }
      worker.terminate();
      return taken;
    },
    { selector: FILES, role, repeats, script: GUNZIP_PATH } as const,
  );
  if (times.unpackedBytes === 0) throw new Failure(`${file}: it is no gzip file.`);
  return { file: basename(file), role, ...times };
}

function table(browser: string, results: readonly Times[]): string {
  const cells = ({ file, role, unpackedBytes, gunzipMs, readMs }: Times) => {
    const [gunzip, read] = [gunzipMs, readMs].map((times) => [...times].sort((a, b) => a - b));
    const at = (sorted: readonly number[] | undefined, share: number) => quantile(sorted ?? [], share);
    const ratio = at(read, 0.5) / at(gunzip, 0.5);
    const least = at(read, 0) / at(gunzip, 0);
    return [
      file,
      role,
      `${(unpackedBytes / 1e6).toFixed(1)} MB`,
      `${at(gunzip, 0.5).toFixed(1)} (${at(gunzip, 0).toFixed(1)})`,
      `${at(read, 0.5).toFixed(1)} (${at(read, 0).toFixed(1)})`,
      `${ratio.toFixed(2)} (${least.toFixed(2)})`,
      verdict(ratio <= BOUND, least <= BOUND),
    ];
  };
  return [
    `${browser}. Medians and, in brackets, the least, in ms; the bound of the ratio is ${BOUND}.`,
    "",
    line(["file", "read as", "unpacked", "gunzip alone", "read", "ratio", ""]),
    "| --- | --- | ---: | ---: | ---: | ---: | --- |",
    ...results.map((result) => line(cells(result))),
    "",
  ].join("\n");
}

function line(texts: readonly string[]): string {
  return `| ${texts.join(" | ")} |`;
}
