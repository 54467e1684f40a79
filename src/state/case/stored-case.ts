/** The case on the stored grid, whichever grid is shown; everything that speaks of the file reads this. */
import type { AppState } from "../app-state.ts";
import type { OpenCase } from "../slices/case-slice.ts";

export function storedCase(openCase: OpenCase): OpenCase {
  return openCase.trained?.stored ?? openCase;
}

/** Null without a case. */
export function selectStoredCase({ openCase }: Pick<AppState, "openCase">): OpenCase | null {
  return openCase && storedCase(openCase);
}

/** The same case with other facts, on the grid that is shown. */
export function withFacts(openCase: OpenCase, facts: Partial<Omit<OpenCase, "source">>): OpenCase {
  const { trained } = openCase;
  if (!trained) return { ...openCase, ...facts };
  return { ...openCase, ...facts, trained: { ...trained, stored: { ...trained.stored, ...facts } } };
}
