/**
 * `window.regionscope`: API for the project's own tools and tests, so that they drive the built application
 * and not a copy of its code.
 */
import { fetchedOnce } from "../app/busy.ts";
import type { GpuSession } from "../app/gpu-session.ts";
import { InputError } from "../base/errors.ts";
import type { BenchmarkResult } from "../benchmark/result.ts";
import type { Report } from "../domain/report/report.ts";
import type { BackgroundVerification } from "../features/benchmark/background-verification.ts";
import type { Loader } from "../features/open/loader.ts";
import type { InputFile } from "../formats/bytes/input-file.ts";
import { setMode, setTrainer } from "../state/actions/case-actions.ts";
import { setGrid } from "../state/actions/training-grid-actions.ts";
import { type FrameLog, useFrameLog } from "../state/frame-log.ts";
import { useStore } from "../state/store.ts";
import { benchmarkInWorker, benchmarkMemory } from "../workers/benchmark.ts";
import type { BenchOptions } from "../workers/benchmark-protocol.ts";
import type { ReportRequest, ShownLabels } from "./for-tools.ts";

export type ReportAnswer =
  | { readonly ok: true; readonly report: Report }
  | { readonly ok: false; readonly sentence: string };

export interface Automation {
  /** Opens the files in the hidden input `[data-automation-files]` and reports on them. */
  report(request: ReportRequest): Promise<ReportAnswer>;
  /** Reports on the open case, comparing every target. */
  reportInFull(): Promise<Report>;
  bench(options: BenchOptions): Promise<BenchmarkResult>;
  /** Reads the single file in the hidden input in the reader worker without showing it; returns ms. */
  timeReading(role: "labels" | "image"): Promise<number>;
  /** Bytes of all live buffers on the page's device. */
  gpuBytes(): number;
  /**
   * Peak bytes on the page's device and on those of benchmarks, and the largest buffer or texture of any.
   */
  gpuPeak(): { readonly page: number; readonly benchmarks: number; readonly largestBuffer: number };
  /** Bytes written to the page's device since it was acquired. */
  uploadedBytes(): number;
  /** Cost of the last frames, and how many there were. */
  frames(): FrameLog;
  /** Text of the open dataset.json including edits; null if none is open. */
  definitionText(): string | null;
  /** Names of the steps that undo and redo would take, the next one last. */
  edits(): { readonly undo: readonly string[]; readonly redo: readonly string[] };
  /** Shape and hash of the labels on the grid that is shown; null without labels. */
  shownLabels(): Promise<ShownLabels | null>;
  /** Destroys the page's device as a driver reset would; resolves once the page has noticed. */
  loseDevice(): Promise<void>;
  /** Resolves when the page's device is lost, whatever the cause. */
  gpuLost(): Promise<void>;
}

declare global {
  interface Window {
    regionscope?: Automation;
  }
}

const reporting = fetchedOnce(() => import("../features/report/report.ts"));
const answering = fetchedOnce(() => import("./for-tools.ts"));

/** Installs `window.regionscope`; returns a function that removes it. */
export function offerAutomation({
  loader,
  session,
  verification,
}: {
  readonly loader: Loader;
  /** Null if nothing is drawn; reports and benchmarks use devices of their own. */
  readonly session: GpuSession | null;
  /** Null if targets are not verified in the background. */
  readonly verification: BackgroundVerification | null;
}): () => void {
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = true;
  input.hidden = true;
  input.dataset.automationFiles = "";
  document.body.append(input);

  const givenFiles = (): InputFile[] =>
    [...(input.files ?? [])].map((file) => ({ path: file.name, blob: file }));
  const never = new AbortController().signal;
  const mayHaveGpu = async () => session === null || (await session.settled()) !== null;
  window.regionscope = {
    async report(request) {
      try {
        // The report does its own verification.
        verification?.dispose();
        setMode(request.mode);
        setTrainer(request.trainer ?? "default");
        setGrid(request.grid ?? "trained");
        const { openOptions } = await answering();
        await loader.openForReport(givenFiles(), openOptions(request), request.labelsAnyway ?? false);
        const { makeReport } = await reporting();
        const { path, verify = "sample" } = request;
        const report = await makeReport({ path, verify }, await mayHaveGpu(), never);
        return { ok: true, report };
      } catch (error) {
        if (error instanceof InputError) return { ok: false, sentence: error.message };
        throw error;
      }
    },
    async reportInFull() {
      const { makeReport } = await reporting();
      return makeReport({ path: "auto", verify: "all" }, await mayHaveGpu(), never);
    },
    bench: (options) => benchmarkInWorker({ kind: "workload", options }, {}, never),
    timeReading: async (role) => (await answering()).timeReading(givenFiles(), role),
    gpuBytes: () => session?.gpu?.liveBytes ?? 0,
    gpuPeak: () => {
      const { peakBytes, largestBytes } = benchmarkMemory();
      return {
        page: session?.gpu?.peakBytes ?? 0,
        benchmarks: peakBytes,
        largestBuffer: Math.max(session?.gpu?.largestBytes ?? 0, largestBytes),
      };
    },
    uploadedBytes: () => session?.gpu?.uploadedBytes ?? 0,
    frames: () => useFrameLog.getState(),
    definitionText: () => useStore.getState().definition?.text ?? null,
    edits: () => {
      const { undoable, redoable } = useStore.getState();
      return { undo: undoable.map(({ did }) => did), redo: redoable.map(({ did }) => did) };
    },
    shownLabels: async () => (await answering()).shownLabels(),
    async loseDevice() {
      const gpu = session?.gpu;
      gpu?.device.destroy();
      await gpu?.lost;
    },
    async gpuLost() {
      await session?.gpu?.lost;
    },
  };
  return () => {
    input.remove();
    delete window.regionscope;
  };
}
