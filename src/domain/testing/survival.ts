/** The survival of all regions at once. */
import { type RegionSurvival, type SurvivalInput, survivalSteps } from "../analysis/survival.ts";

export function survival(input: SurvivalInput): RegionSurvival[] {
  return [...survivalSteps(input)];
}
