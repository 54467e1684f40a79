/** Saves the training grid or targets: collects them in time slices, and compresses them in a worker. */
import { workInBackground } from "../../app/busy.ts";
import { saveFile } from "../../app/save-file.ts";
import { errorMessage } from "../../base/errors.ts";
import { inTimeSlices } from "../../base/time-slice.ts";
import type { TrainingGrid } from "../../domain/training-grid/training-grid.ts";
import type { WrittenLabels } from "../../formats/nifti/nifti-writer.ts";
import {
  spaceCodeOf,
  targetLabels,
  targetMask,
  targetOfMask,
  trainedLabels,
  wholeLabels,
} from "../../formats/nifti/training-files.ts";
import { resumeTrainingGrid } from "../../state/actions/cancel-training-grid.ts";
import { selectRegionTable } from "../../state/case/case-selectors.ts";
import { selectTrainingGrid } from "../../state/case/training-grid-selectors.ts";
import { trainingGridSettled } from "../../state/grid-settled.ts";
import { measuring, measuringName } from "../../state/slices/benchmark-slice.ts";
import { useStore } from "../../state/store.ts";
import { watch } from "../../state/watch.ts";
import { writeInWorker } from "../../workers/nifti-file.ts";
import {
  type Choice,
  descriptionOf,
  fileNameOf,
  jobOf,
  type SavingJob,
  type TargetsJob,
  type TrainingGridJob,
} from "./saving-job.ts";
import { useSaving } from "./saving-state.ts";

/** A file's volume in the order of the case's axes. */
type Prepared = Pick<WrittenLabels, "grid" | "indices" | "labelOf">;

let current: AbortController | null = null;

/** Saves what is chosen; the dialog shows how far it is. */
export function save(choice: Choice): void {
  cancelSaving();
  const state = useStore.getState();
  const { openCase } = state;
  const job = jobOf(state, choice);
  if (!openCase || job.kind === "refused") return;
  const abort = new AbortController();
  const { signal } = abort;
  current = abort;
  const progressed = (step: string, fraction: number) => {
    if (!signal.aborted) useSaving.setState({ progress: { step, fraction } });
  };
  const file = fileNameOf(state, job);
  const description = descriptionOf(state, job);
  const spaceCode = spaceCodeOf(openCase.geometry ?? null);
  const work = async () => {
    const prepared = await prepare(job, signal, progressed);
    const step = `Writing ${file}`;
    progressed(step, 0);
    const labels = { ...prepared, transpose: openCase.transpose, description, spaceCode };
    const blob = await writeInWorker(labels, file, signal, (fraction) => progressed(step, fraction));
    signal.throwIfAborted();
    saveFile(file, blob, "application/gzip");
    ended({ saved: `${file} saved.` });
  };
  progressed("Collecting voxels", 0);
  workInBackground(() =>
    work().catch((error: unknown) => {
      if (!signal.aborted) ended({ problem: errorMessage(error) });
    }),
  );
}

/** Stops saving; the dialog stays as it is. */
export function cancelSaving(): void {
  current?.abort(new DOMException("cancelled", "AbortError"));
  ended({});
}

/** Closes the dialog and stops what it does. */
export function closeSaving(): void {
  cancelSaving();
  useSaving.setState({ isOpen: false });
}

function ended(result: { readonly saved?: string; readonly problem?: string }): void {
  current = null;
  useSaving.setState({ progress: null, saved: null, problem: null, ...result });
}

type OnProgress = (step: string, fraction: number) => void;

function prepare(job: SavingJob, signal: AbortSignal, onProgress: OnProgress): Promise<Prepared> {
  if (job.kind === "training-grid") return madeGrid(job, signal, onProgress);
  const onSlice = (fraction: number) => onProgress("Collecting voxels", fraction);
  return inTimeSlices(sampledTargets(job), { signal, onSlice });
}

async function madeGrid(
  { query, made }: TrainingGridJob,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<Prepared> {
  return trainedLabels(made ?? (await pagesGrid(signal, onProgress)), query.plansSpacing);
}

/** Waits for the training grid that the page makes in the background, also if that was cancelled. */
async function pagesGrid(signal: AbortSignal, onProgress: OnProgress): Promise<TrainingGrid> {
  resumeTrainingGrid();
  const tell = () => {
    const state = useStore.getState();
    const [name, run] = [measuringName(state), measuring(state)];
    if (run) onProgress(`Waiting until the ${name} of Timing ends`, run.fraction);
    else onProgress("Making the training grid", state.trainingGridProgress ?? 0);
  };
  const stop = watch((s) => [s.trainingGridProgress, measuring(s)], tell);
  try {
    tell();
    await trainingGridSettled(signal);
  } finally {
    stop();
  }
  const grid = selectTrainingGrid(useStore.getState());
  if (grid?.kind === "training-grid") return grid;
  throw new Error(grid?.reason ?? "The training grid was not made. Save it again.");
}

function sampledTargets({ source, region, ...its }: TargetsJob): Generator<number, Prepared> {
  if (source.kind === "masks") return targetOfMask(its, source.stack, region?.channel ?? 0);
  const { volume } = source;
  if (region) {
    const table = selectRegionTable(useStore.getState());
    if (!table) throw new Error("The regions of this case are not known.");
    return targetMask(its, volume, table, region.channel);
  }
  const labelOf = wholeLabels(volume.palette);
  if (!labelOf) throw new Error("NIfTI does not hold these labels.");
  return targetLabels(its, volume, labelOf);
}
