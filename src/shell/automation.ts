/**
 * `window.regionscope`: API for the project's own tools and tests, so that they drive the built application
 * and not a copy of its code.
 */
import { busyWhile, fetchedOnce } from "../app/busy.ts";
import type { GpuSession } from "../app/gpu-session.ts";
import { InputError } from "../base/errors.ts";
import type { BenchmarkResult } from "../benchmark/result.ts";
import type { Reader } from "../domain/reader/reader.ts";
import type { Report } from "../domain/report/report.ts";
import type { SamplingMode, Trainer } from "../domain/targets/deep-supervision.ts";
import type { PathName } from "../domain/targets/target-paths.ts";
import type { GridKind } from "../domain/view/view-values.ts";
import type { BackgroundVerification } from "../features/benchmark/background-verification.ts";
import type { Loader } from "../features/open/loader.ts";
import type { OpenOptions } from "../formats/bytes/input-file.ts";
import { setMode, setTrainer } from "../state/actions/case-actions.ts";
import { setGrid } from "../state/actions/training-grid-actions.ts";
import { type FrameLog, useFrameLog } from "../state/frame-log.ts";
import { useStore } from "../state/store.ts";
import type { VerifiedAmount } from "../targets/measure/run-verification.ts";
import { benchmarkInWorker, benchmarkMemory } from "../workers/benchmark.ts";
import type { BenchOptions } from "../workers/benchmark-protocol.ts";
import type { StartCheckRequest } from "../workers/case-check.ts";
import type { CaseToRead, CheckAnswer } from "../workers/case-check-protocol.ts";
import { openInWorker } from "../workers/reader.ts";
import type { ShownLabels } from "./shown-labels.ts";

/** Names of the files in the hidden file input, by role. */
export interface ReportRequest {
  readonly labels: readonly string[];
  readonly dataset: string | null;
  readonly plans: string | null;
  readonly image: string | null;
  /** The other channels of the image, in order. */
  readonly moreChannels?: readonly string[];
  /** Names and colours of labels. */
  readonly labelTable?: string | null;
  readonly configuration: string | null;
  /** Files `X.nii.gz` with an `X.nii` beside them on disk. */
  readonly besides?: readonly string[];
  /** Overrides the reader that nnU-Net would choose. */
  readonly reader?: Reader | null;
  readonly mode: SamplingMode;
  /** Defaults to nnU-Net's default trainer. */
  readonly trainer?: Trainer;
  readonly path: PathName | "auto";
  /** Defaults to the training grid. */
  readonly grid?: GridKind;
  /** Defaults to random parts of a large case. */
  readonly verify?: VerifiedAmount;
  /** Opens labels even if they look like an image and no dataset.json says what they are. */
  readonly labelsAnyway?: boolean;
}

export type ReportAnswer =
  | { readonly ok: true; readonly report: Report }
  | { readonly ok: false; readonly sentence: string };

export interface Automation {
  /** Opens the files in the hidden input `[data-automation-files]` and reports on them. */
  report(request: ReportRequest): Promise<ReportAnswer>;
  /** Reports on the open case, comparing every target. */
  reportInFull(): Promise<Report>;
  bench(options: BenchOptions): Promise<BenchmarkResult>;
  /** Prepares to check the cases of a dataset; replaces what was prepared before. */
  startCheck(request: StartCheckRequest): Promise<void>;
  /** Checks one case, whose files the page's own server has; any number of calls at a time. */
  checkCase(one: CaseToRead): Promise<CheckAnswer>;
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
const checking = fetchedOnce(() => import("../workers/case-check.ts"));

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

  const never = new AbortController().signal;
  const mayHaveGpu = async () => session === null || (await session.settled()) !== null;
  window.regionscope = {
    async report(request) {
      try {
        const files = [...(input.files ?? [])].map((file) => ({ path: file.name, blob: file }));
        const { labels, image, moreChannels, dataset, plans, labelTable, configuration, besides, reader } =
          request;
        // The report does its own verification.
        verification?.dispose();
        setMode(request.mode);
        setTrainer(request.trainer ?? "default");
        setGrid(request.grid ?? "trained");
        await loader.openForReport(
          files,
          {
            labels,
            ...(image ? { image } : {}),
            ...(moreChannels ? { moreChannels } : {}),
            ...(dataset ? { dataset } : {}),
            ...(plans ? { plans } : {}),
            ...(labelTable ? { labelTable } : {}),
            ...(configuration ? { configuration } : {}),
            ...(besides ? { besides } : {}),
            ...(reader ? { reader } : {}),
          },
          request.labelsAnyway ?? false,
        );
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
    startCheck: async (request) => (await checking()).startCheck(request),
    checkCase: async (one) => (await checking()).checkCase(one),
    async timeReading(role) {
      const files = [...(input.files ?? [])].map((file) => ({ path: file.name, blob: file }));
      const path = files[0]?.path ?? "";
      const asImage: OpenOptions = { image: path, underlay: [0, 1, 2] };
      const start = performance.now();
      await openInWorker(files, role === "labels" ? { labels: [path] } : asImage, () => undefined, never);
      return performance.now() - start;
    },
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
    shownLabels: () => busyWhile(async () => (await import("./shown-labels.ts")).shownLabels()),
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
