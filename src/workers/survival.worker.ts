/**
 * Components, survival, sweeps and where regions lie, off the page's thread. The page cancels by ending the
 * worker.
 */
import { errorMessage } from "../base/errors.ts";
import { componentImage, components } from "../domain/analysis/components.ts";
import { slicePresence } from "../domain/analysis/slice-occupancy.ts";
import type { SlicePresence } from "../domain/analysis/slice-set.ts";
import { type SurvivalInput, survivalSteps } from "../domain/analysis/survival.ts";
import { sweep } from "../domain/analysis/survival-sweep.ts";
import type { Source } from "../domain/volume/palette-volume.ts";
import { type SourcePart, SourceReceiver } from "./source-parts.ts";
import type {
  ComponentsJob,
  ComponentsResult,
  SurvivalReply,
  SurvivalRequest,
  SurvivalResults,
} from "./survival-protocol.ts";

const reply = (message: SurvivalReply, transfer: Transferable[] = []) =>
  self.postMessage(message, { transfer });

function findComponents({ source, table, channel, listed }: ComponentsJob): ComponentsResult {
  const found = components(source, table, channel, listed);
  return { channel, listed: found.listed, rest: found.rest, image: componentImage(found) };
}

function findPresence(source: Source): SlicePresence {
  const steps = slicePresence(source);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

function sendSurvival(job: SurvivalInput): null {
  let done = 0;
  for (const region of survivalSteps(job)) {
    reply({ kind: "region", region });
    reply({ kind: "progress", fraction: ++done / job.channels.length, channel: region.channel });
  }
  return null;
}

function answer(
  request: SurvivalRequest,
): SurvivalResults["components" | "presence"] | Promise<SurvivalResults["sweep"]> | null {
  switch (request.kind) {
    case "components":
      return findComponents(request.job);
    case "survival":
      return sendSurvival(request.job);
    case "sweep":
      return sweep(request.job, { onProgress: (progress) => reply({ kind: "progress", ...progress }) });
    case "presence":
      return findPresence(request.job.source);
  }
}

const receiver = new SourceReceiver();

self.onmessage = async ({ data }: MessageEvent<SurvivalRequest | SourcePart>) => {
  if (data.kind === "source-part") {
    receiver.take(data);
    return;
  }
  try {
    const result = await answer(receiver.fill(data));
    reply({ kind: "result", result }, result && "image" in result ? [result.image.buffer] : []);
  } catch (error) {
    reply({ kind: "error", message: errorMessage(error) });
  }
};
