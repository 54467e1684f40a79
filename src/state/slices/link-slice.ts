/** The view that the page's address describes. */
import type { LinkedView } from "../../domain/view/fields.ts";

export interface LinkSlice {
  /** Kept until its case is open. */
  readonly link: LinkedView | null;
}

export const DEFAULTS: LinkSlice = { link: null };
