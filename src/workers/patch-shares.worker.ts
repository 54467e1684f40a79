/** Computes shares of patches off the page's thread. The page cancels by ending the worker. */
import { type PatchShares, patchShares } from "../domain/patches/patch-shares.ts";
import type { PatchSharesNews, PatchSharesRequest } from "./patch-shares-protocol.ts";
import { runReporting } from "./run-reporting.ts";
import { serve } from "./serve.ts";
import { type SourcePart, SourceReceiver } from "./source-parts.ts";

function share({ job }: PatchSharesRequest, report: (fraction: PatchSharesNews) => void): PatchShares {
  return runReporting(patchShares(job), ({ fraction }) => report(fraction));
}

const receiver = new SourceReceiver();

serve(share, {
  receive: (message) => receiver.receive(message as PatchSharesRequest | SourcePart),
});
