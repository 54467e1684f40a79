/** What the page's address asked for. */
import type { LinkedView } from "../../domain/view/fields.ts";

export interface LinkSlice {
  /** Kept until the case it is about is open. */
  readonly link: LinkedView | null;
}

export const DEFAULTS: LinkSlice = { link: null };
