/** Selectors of the editor: the selected region, the labels to choose from, and facts about dataset.json. */
import { memo } from "../../base/memo.ts";
import { effectiveEntries, knownLabels, labelsIn } from "../../domain/dataset/label-entries.ts";
import { futureEntry, type RegionEntry, regionEntry } from "../../domain/dataset/label-entry-index.ts";
import type { AppState } from "../../state/app-state.ts";
import { selectLabels, selectRegionSet } from "../../state/case/case-selectors.ts";
import { selectLabelNames } from "../../state/regions/label-names.ts";

/** A label shown as a chip or as a choice. */
export interface NamedLabel {
  readonly value: number;
  readonly name: string | null;
  /** Voxels in the open volume; null without one. */
  readonly voxels: number | null;
}

/** Why a region cannot be edited: masks and odd values have no entry in dataset.json. */
type NotEditable = "masks" | "no-entry";

export interface EditedRegion {
  readonly name: string;
  /** Null if the region cannot be edited. */
  readonly entry: RegionEntry | null;
  readonly whyNot: NotEditable | null;
  readonly labels: readonly NamedLabel[];
  readonly ignore: boolean;
  /**
   * True if the region has a channel. An entry without labels has none in a dataset that does not train on
   * regions.
   */
  readonly hasChannel: boolean;
  /** The region's value in `regions_class_order`, of any type; undefined if there is none. */
  readonly orderValue: unknown;
  /** True if nnU-Net uses regions_class_order. */
  readonly orderUsed: boolean;
  /** True if moving entries has an effect. It has none among labels, whose channel is their value. */
  readonly movable: boolean;
}

/** The selected region with its entry; null if none is selected or it no longer exists. */
export const selectEditedRegion = memo(
  (s: AppState) => [
    s.selectedRegion,
    s.definition,
    selectRegionSet(s),
    s.openCase,
    selectLabels(s),
    selectLabelNames(s),
  ],
  (name, definition, set, openCase, counted, names): EditedRegion | null => {
    if (name === null || !set) return null;
    const region = set.regions.find((one) => one.name === name);
    const entry = set.fromMasks
      ? null
      : definition
        ? regionEntry(definition, name)
        : futureEntry(set.regions, name);
    if (!region && !entry) return null;
    const ignore = region?.ignore ?? false;
    const voxels = openCase ? new Map(counted.map((label) => [label.value, label.voxels])) : null;
    return {
      name,
      entry,
      whyNot: set.fromMasks ? "masks" : entry ? null : "no-entry",
      labels: [...new Set(entry?.labels ?? region?.labels ?? [])].map((value) => {
        const known = names.get(value) ?? null;
        return {
          value,
          name: known === name ? null : known,
          voxels: voxels ? (voxels.get(value) ?? 0) : null,
        };
      }),
      ignore,
      hasChannel: region !== undefined,
      orderValue: entry?.orderPlace == null ? undefined : definition?.regionsClassOrder?.[entry.orderPlace],
      orderUsed: set.trainsOn === "regions" && !ignore && entry?.orderPlace != null,
      movable: set.trainsOn === "regions" && !ignore && entry !== null,
    };
  },
);

/**
 * Labels to choose from, ascending: those of the volume and of the definition. No region contains background.
 */
export const selectLabelChoices = memo(
  (s: AppState) => [s.openCase, s.definition, selectLabels(s), selectLabelNames(s)],
  (openCase, definition, counted, names): readonly NamedLabel[] => {
    const voxels = new Map(counted.map(({ value, voxels: n }) => [value, n]));
    const known = definition ? knownLabels(effectiveEntries(definition), false) : [];
    return [...new Set([...voxels.keys(), ...known])]
      .filter((value) => Number.isInteger(value) && value > 0)
      .sort((a, b) => a - b)
      .map((value) => ({
        value,
        name: names.get(value) ?? null,
        voxels: openCase ? (voxels.get(value) ?? 0) : null,
      }));
  },
);

export interface DefinitionFacts {
  readonly file: string;
  /**
   * Index of the background entry in `definition.labels`, and whether its value is 0; null if there is none.
   */
  readonly background: { readonly index: number; readonly zero: boolean; readonly text: string } | null;
  readonly ignore: number | null;
  /** The value that nnU-Net requires of the ignore label. */
  readonly nextLabel: number;
}

/** Null without a dataset.json. */
export const selectDefinitionFacts = memo(
  (s: AppState) => [s.definition],
  (definition): DefinitionFacts | null => {
    if (!definition) return null;
    const entries = effectiveEntries(definition);
    const background = entries.find((e) => e.name === "background");
    const place = background ? regionEntry(definition, "background") : null;
    const [ignore] = labelsIn(entries.find((e) => e.name === "ignore")?.value);
    return {
      file: definition.file,
      background:
        background && place
          ? { index: place.index, zero: background.value === 0, text: background.text }
          : null,
      ignore: ignore ?? null,
      nextLabel: Math.max(0, ...knownLabels(entries, false)) + 1,
    };
  },
);
