/**
 * Computes survival, sweeps and slice occupancy off the page's thread. The page cancels by ending the worker.
 */
import { sliceOccupancy } from "../domain/analysis/slice-occupancy.ts";
import type { SliceOccupancy } from "../domain/analysis/slice-set.ts";
import { type SurvivalInput, survivalSteps } from "../domain/analysis/survival.ts";
import { type SweepInput, sweep } from "../domain/analysis/survival-sweep.ts";
import { loadedPatchSize, trainedOrigins } from "../domain/patches/loader.ts";
import { type Source, sourceGrid } from "../domain/volume/palette-volume.ts";
import { serve } from "./serve.ts";
import { type SourcePart, SourceReceiver } from "./source-parts.ts";
import type {
  SentResults,
  SurvivalNews,
  SurvivalRequest,
  SurvivalResults,
  SweepJob,
} from "./survival-protocol.ts";

type Tell = (news: SurvivalNews) => void;

function findOccupancy(source: Source): SliceOccupancy {
  const steps = sliceOccupancy(source);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

function tellSurvival(job: SurvivalInput, report: Tell): null {
  let done = 0;
  for (const region of survivalSteps(job)) {
    report({ kind: "region", region });
    report({ kind: "progress", fraction: ++done / job.channels.length, channel: region.channel });
  }
  return null;
}

function withOrigins({ is2d, ...job }: SweepJob): SweepInput {
  const { shape } = sourceGrid(job.source);
  return { ...job, origins: trainedOrigins(shape, job.size, loadedPatchSize(job.size, is2d)) };
}

function answer(
  request: SurvivalRequest,
  report: Tell,
): SentResults[keyof SentResults] | Promise<SurvivalResults["sweep"]> {
  switch (request.kind) {
    case "survival":
      return tellSurvival(request.job, report);
    case "sweep":
      return sweep(withOrigins(request.job), {
        onProgress: (progress) => report({ kind: "progress", ...progress }),
      });
    case "occupancy":
      return findOccupancy(request.job.source);
  }
}

const receiver = new SourceReceiver();

serve(answer, {
  receive: (message) => receiver.receive(message as SurvivalRequest | SourcePart),
});
