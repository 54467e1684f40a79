/** State of the dialog that saves the training grid or targets; it and what opens it use it. */
import { create } from "zustand";

export interface Saving {
  readonly isOpen: boolean;
  /** The training grid, or the targets of a scale; null before the user chooses. */
  readonly kind: "training-grid" | "targets" | null;
  readonly scale: number;
  /** Null for all labels. */
  readonly region: string | null;
  /** What is being done, 0..1; null if nothing. */
  readonly progress: { readonly step: string; readonly fraction: number } | null;
  /** A sentence on the file saved last. */
  readonly saved: string | null;
  /** A sentence on why the last one could not be saved. */
  readonly problem: string | null;
}

const NOTHING_YET = { progress: null, saved: null, problem: null } as const;

export const useSaving = create<Saving>()(() => ({
  isOpen: false,
  kind: null,
  scale: 0,
  region: null,
  ...NOTHING_YET,
}));

/** Opens the dialog. @param region whose target is preselected; null for all labels */
export function openSaving(region: string | null): void {
  const kind = region === null ? {} : ({ kind: "targets", region } as const);
  useSaving.setState({ isOpen: true, ...kind, ...NOTHING_YET });
}

export function choose(choice: Partial<Pick<Saving, "kind" | "scale" | "region">>): void {
  useSaving.setState({ ...choice, ...NOTHING_YET });
}
