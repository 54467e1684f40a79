/** Computes shares of patches off the page's thread. The page cancels by ending the worker. */
import { paced } from "../base/paced.ts";
import { type PatchShares, patchShares } from "../domain/patches/patch-shares.ts";
import type { PatchSharesNews, PatchSharesRequest } from "./patch-shares-protocol.ts";
import { serve } from "./serve.ts";
import { type SourcePart, SourceReceiver } from "./source-parts.ts";

/** Milliseconds between progress messages to the page. */
const NEWS_MS = 100;

function share({ job }: PatchSharesRequest, report: (fraction: PatchSharesNews) => void): PatchShares {
  const steps = patchShares(job);
  const isTime = paced(NEWS_MS);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (isTime()) report(step.value.fraction);
  }
}

const receiver = new SourceReceiver();

serve(share, {
  receive: (message) => receiver.receive(message as PatchSharesRequest | SourcePart),
});
