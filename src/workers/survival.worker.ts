/**
 * Computes survival, shares of components and slice occupancy off the page's thread. The page cancels by
 * ending the worker.
 */
import { sliceOccupancy } from "../domain/analysis/slice-occupancy.ts";
import type { SliceOccupancy } from "../domain/analysis/slice-set.ts";
import { type SurvivalInput, survivalSteps } from "../domain/analysis/survival.ts";
import { componentShares } from "../domain/patches/component-shares.ts";
import type { PatchSharesInput } from "../domain/patches/patch-shares.ts";
import type { Source } from "../domain/volume/palette-volume.ts";
import { runReporting } from "./run-reporting.ts";
import { serve } from "./serve.ts";
import { type SourcePart, SourceReceiver } from "./source-parts.ts";
import type { SentResults, SurvivalNews, SurvivalRequest, SurvivalResults } from "./survival-protocol.ts";

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

function tellShares(job: PatchSharesInput, report: Tell): SurvivalResults["componentShares"] {
  return runReporting(componentShares(job), (step) => report({ kind: "progress", ...step }));
}

function answer(request: SurvivalRequest, report: Tell): SentResults[keyof SentResults] {
  switch (request.kind) {
    case "survival":
      return tellSurvival(request.job, report);
    case "componentShares":
      return tellShares(request.job, report);
    case "occupancy":
      return findOccupancy(request.job.source);
  }
}

const receiver = new SourceReceiver();

serve(answer, {
  receive: (message) => receiver.receive(message as SurvivalRequest | SourcePart),
});
