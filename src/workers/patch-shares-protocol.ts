/** Declares the messages between the page and the worker that computes shares of patches. */
import type { PatchShares, PatchSharesInput } from "../domain/patches/patch-shares.ts";

export interface PatchSharesRequest {
  readonly kind: "shares";
  readonly job: PatchSharesInput;
}

export interface PatchSharesResults {
  readonly shares: PatchShares;
}

/** The part that is done, 0..1. */
export type PatchSharesNews = number;
