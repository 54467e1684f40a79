/** Tests the contents of the JSON, CSV and Markdown exports. */
import { expect, test } from "vitest";
import type { BenchmarkRecord } from "./benchmark-record.ts";
import { benchJson, toJson } from "./export.ts";
import { toCsv } from "./export-csv.ts";
import { toMarkdown } from "./export-markdown.ts";
import { DEFAULT_PROJECTION } from "./projection-inputs.ts";
import { sweepPoint } from "./sweep.ts";
import { exampleResult } from "./testing/example-result.ts";

const record: BenchmarkRecord = {
  benchmark: exampleResult(),
  sweep: [sweepPoint(exampleResult())],
  projection: DEFAULT_PROJECTION,
  caseName: "abdomen_001",
};
const wrong = { "bit-packed": { mismatches: 3 }, "label-first": { mismatches: 0 } };

test("the bench document has exactly the keys of regionscope.bench/1", () => {
  const document = JSON.parse(JSON.stringify(benchJson(exampleResult())));
  expect(Object.keys(document)).toEqual([
    "schema",
    "adapter",
    "workload",
    "limits",
    "clocks",
    "design",
    "paths",
    "verified",
    "speedup",
  ]);
  expect(document.schema).toBe("regionscope.bench/1");
  expect(Object.keys(document.workload)).toEqual(["size", "batch", "channels", "scales", "mode"]);
  expect(Object.keys(document.limits)).toEqual(["copyBytesPerMs", "trafficMs"]);
  expect(Object.keys(document.paths)).toEqual(["per-channel", "bit-packed", "label-first"]);
  for (const path of Object.values<Record<string, unknown>>(document.paths)) {
    expect(Object.keys(path)).toEqual([
      "stages",
      "loaderMs",
      "totalMs",
      "uploadBytes",
      "peakGpuBytes",
      "peakArrayBytes",
    ]);
    expect(Object.keys(path.stages as object)).toEqual(["prepare", "upload", "downsample", "decode"]);
  }
  expect(document.verified).toEqual({ "bit-packed": { mismatches: 0 }, "label-first": { mismatches: 0 } });
  expect(document.speedup.loader).toEqual({ "bit-packed": 20, "label-first": 100 });
});

test("every export names a target format other than bytes", () => {
  const { workload } = exampleResult();
  const benchmark = exampleResult({ workload: { ...workload, targetFormat: "bit" } });
  expect(benchJson(benchmark).workload).toMatchObject({ targetFormat: "bit" });
  expect(JSON.parse(toJson({ ...record, benchmark })).comparison.workload.targetFormat).toBe("bit");
  expect(toCsv(benchmark).split("\r\n")[1]).toContain(",nearest-exact,bit,");
  expect(toMarkdown({ ...record, benchmark })).toContain("nearest-exact, one bit a target voxel.");
  const one = {
    ...record.benchmark.workload,
    channels: 1,
    scales: record.benchmark.workload.scales.slice(0, 1),
  };
  expect(toMarkdown({ ...record, benchmark: { ...record.benchmark, workload: one } })).toContain(
    "1 channel at 1 scale, ",
  );
});

test("a mismatch leaves the bench document without speed-ups", () => {
  expect(benchJson(exampleResult({ verified: wrong })).speedup).toBeNull();
});

test("JSON parses back to what was measured", () => {
  const document = JSON.parse(toJson(record));
  const { backend, ...measured } = exampleResult();
  expect(backend).toBe("compute");
  expect(document.comparison).toMatchObject({ ...measured, design: "computed" });
  expect(document.sweep).toEqual(record.sweep);
  expect(document.projection.inputs).toEqual(DEFAULT_PROJECTION);
  expect(document.projection.paths).toHaveLength(3);
  expect(document.projection.assumptions.length).toBeGreaterThan(3);
  expect(document.case).toBe("abdomen_001");
});

test("CSV has a header with units, four stages and two sums per path, and a quoted comma in the adapter", () => {
  const lines = toCsv(exampleResult()).trimEnd().split("\r\n");
  expect(lines).toHaveLength(1 + 3 * 6);
  const [header, first] = lines;
  expect(header).toContain("median_ms,p25_ms,p75_ms");
  expect(first).toBe(
    'per-channel,prepare,100,90,120,,67108864,140509184,,7,33,2,16x32x64,nearest-exact,byte,timestamp-query,"Acme One, rev. 2",0,0.001,2,,',
  );
  const decode = lines.find((line) => line.startsWith("bit-packed,decode"))?.split(",");
  expect(decode?.slice(2, 6)).toEqual(["140", "126", "168", "20"]);
  expect(decode?.[8]).toBe("0");
});

test("every row of a Markdown table has as many columns as its head", () => {
  const text = toMarkdown(record);
  const columns = (line: string) => line.split("|").length;
  const lines = text.split("\n");
  for (const [i, line] of lines.entries()) {
    const above = lines[i - 1];
    if (line.startsWith("|") && above?.startsWith("|")) expect(columns(line)).toBe(columns(above));
  }
  expect(text).toContain("| upload | 250 (225–300) | 6.00 (5.40–7.20) | 3.00 (2.70–3.60) |");
  expect(text).toContain("| speed-up, loader part | 1× | 20.0× | 100× |");
  expect(text).toContain("reported by nnU-Net issue 2136");
});

test("after a mismatch, JSON has neither speed-up nor projection", () => {
  const document = JSON.parse(toJson({ ...record, benchmark: exampleResult({ verified: wrong }) }));
  expect([document.comparison.speedup, document.projection]).toEqual([null, null]);
});

test("after a mismatch, Markdown states no speed-up", () => {
  const text = toMarkdown({ ...record, benchmark: exampleResult({ verified: wrong }) });
  expect(text).not.toContain("speed-up,");
  expect(text).not.toContain("Projected");
  expect(text).toContain("No speed-up is stated");
});
