/** Declares the messages between the page and the phantom worker. */
import type { Phantom } from "../domain/phantom/phantom.ts";

export interface PhantomRequest {
  readonly kind: "phantom";
  /** Edge length of the cubic volume in voxels. */
  readonly size: number;
  readonly regions: number;
}

export interface PhantomResults {
  readonly phantom: Phantom;
}
