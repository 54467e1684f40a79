import type { Triple } from "../../domain/geometry/grid.ts";
import type { PoolingRule } from "../../domain/targets/pooling.ts";
import type { PatchSettings } from "../../domain/view/view-values.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { panTo } from "../../domain/volume/pan-to.ts";
import { NO_SOLO, ONE_SELECTED, soloNames } from "../regions/selected-regions.ts";
import type { RunProgress } from "../slices/benchmark-slice.ts";
import type {
  SurvivalList,
  SurvivalPlace,
  SurvivalQuery,
  SurvivalResult,
  SweepResult,
  SweepSettings,
} from "../slices/survival-slice.ts";
import { useStore } from "../store.ts";

/** Counts of what is shown hold for that alone. */
const NOT_COUNTED = { shownVoxels: null } as const;

export function setPatchSettings(change: Partial<PatchSettings>): void {
  useStore.setState((s) => ({ patchSettings: { ...s.patchSettings, ...change }, ...NOT_COUNTED }));
}

export function setPooling(pooling: PoolingRule | null): void {
  useStore.setState({ pooling, ...NOT_COUNTED });
}

export function setSurvivalList(change: Partial<SurvivalList>): void {
  useStore.setState((s) => ({ survivalList: { ...s.survivalList, ...change } }));
}

export function setSweepSettings(change: Partial<SweepSettings>): void {
  useStore.setState((s) => ({ sweepSettings: { ...s.sweepSettings, ...change } }));
}

/** Shows or hides the components of these regions. */
export function expandRegions(names: readonly string[], expanded: boolean): void {
  useStore.setState((s) => {
    const survivalExpanded = new Set(s.survivalExpanded);
    for (const name of names) {
      if (expanded) survivalExpanded.add(name);
      else survivalExpanded.delete(name);
    }
    return { survivalExpanded };
  });
}

/** Moves the cursor of the table; the region becomes the selected one. */
export function survivalMoved(survivalCursor: SurvivalPlace): void {
  useStore.setState((s) => ({
    survivalCursor,
    ...(s.selectedRegion === survivalCursor.region
      ? {}
      : { selectedRegion: survivalCursor.region, ...ONE_SELECTED, highlighted: [] }),
  }));
}

/** Goes to a component: crosshair, selected region, and the line about it. */
export function componentVisited(place: SurvivalPlace, voxel: Triple): void {
  useStore.setState((s) => {
    const { openCase, view } = s;
    if (!openCase) return {};
    return {
      survivalCursor: place,
      survivalStep: { kind: "at", place },
      survivalExpanded: new Set([...s.survivalExpanded, place.region]),
      selectedRegion: place.region,
      ...ONE_SELECTED,
      highlighted: [],
      hidden: s.hidden.has(place.region) ? without(s.hidden, place.region) : s.hidden,
      ...(soloNames(s).has(place.region) ? {} : NO_SOLO),
      hover: null,
      view: {
        ...view,
        voxel,
        // Magnified, the crosshair would lie out of sight as often as not.
        panMm:
          view.zoom > 1 ? panTo(sourceGrid(openCase.source), view.plane, view.convention, voxel) : view.panMm,
      },
    };
  });
}

/** @param any of the selected region, not those alone that vanish */
export function stepPending(by: 1 | -1, any = false): void {
  useStore.setState({ survivalStep: { kind: "pending", by, ...(any ? { any } : {}) } });
}

/** Null ends the line about a component. */
export function stepEnded(survivalStep: { readonly kind: "none" } | null): void {
  useStore.setState({ survivalStep });
}

export function survivalProgressed(survivalRun: RunProgress): void {
  useStore.setState({ survivalRun });
}

export function survivalArrived(survivalResult: SurvivalResult): void {
  useStore.setState({ survivalResult });
}

/** @param stopped what was given up; null when the job is simply over */
export function survivalEnded(survivalStopped: SurvivalQuery | null): void {
  useStore.setState({ survivalRun: null, survivalStopped });
}

export function survivalAskedAgain(): void {
  useStore.setState({ survivalStopped: null });
}

export function survivalSweepProgressed(survivalSweepRun: RunProgress): void {
  useStore.setState({ survivalSweepRun });
}

export function survivalSweepArrived(survivalSweep: SweepResult): void {
  useStore.setState({ survivalSweep });
}

export function survivalSweepEnded(): void {
  useStore.setState({ survivalSweepRun: null });
}

export function survivalSweepForgotten(): void {
  useStore.setState({ survivalSweep: null });
}

function without(names: ReadonlySet<string>, name: string): ReadonlySet<string> {
  return new Set([...names].filter((other) => other !== name));
}
