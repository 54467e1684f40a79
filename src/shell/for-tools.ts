/** What `window.regionscope` needs only when a tool or a test asks, so that the page starts without it. */
import type { Triple } from "../domain/geometry/grid.ts";
import type { Reader } from "../domain/reader/reader.ts";
import type { SamplingMode, Trainer } from "../domain/targets/deep-supervision.ts";
import type { PathName } from "../domain/targets/target-paths.ts";
import type { GridKind } from "../domain/view/view-values.ts";
import type { InputFile, OpenOptions } from "../formats/bytes/input-file.ts";
import { useStore } from "../state/store.ts";
import type { VerifiedAmount } from "../targets/measure/run-verification.ts";
import { openInWorker } from "../workers/reader.ts";

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

export interface ShownLabels {
  readonly shape: Triple;
  /** Of the label values as little-endian int16 in C order over the shape. */
  readonly sha256: string;
}

export function openOptions(request: ReportRequest): OpenOptions {
  const { labels, image, moreChannels, dataset, plans, labelTable, configuration, besides, reader } = request;
  return {
    labels,
    ...(image ? { image } : {}),
    ...(moreChannels ? { moreChannels } : {}),
    ...(dataset ? { dataset } : {}),
    ...(plans ? { plans } : {}),
    ...(labelTable ? { labelTable } : {}),
    ...(configuration ? { configuration } : {}),
    ...(besides ? { besides } : {}),
    ...(reader ? { reader } : {}),
  };
}

/** Null without a label volume. */
export async function shownLabels(): Promise<ShownLabels | null> {
  const { openCase } = useStore.getState();
  if (openCase?.source.kind !== "labels") return null;
  const { grid, palette, indices } = openCase.source.volume;
  const values = Int16Array.from(indices, (entry) => palette[entry] ?? 0);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", values));
  return {
    shape: grid.shape,
    sha256: [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
  };
}

/** Reads the first file in the reader worker without showing it; returns ms. */
export async function timeReading(files: readonly InputFile[], role: "labels" | "image"): Promise<number> {
  const path = files[0]?.path ?? "";
  const asImage: OpenOptions = { image: path, underlay: [0, 1, 2] };
  const start = performance.now();
  const options = role === "labels" ? { labels: [path] } : asImage;
  await openInWorker(files, options, () => undefined, new AbortController().signal);
  return performance.now() - start;
}
