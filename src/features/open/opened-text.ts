/** The sentence on the case that has replaced another. */
import { plural } from "../../base/format-numbers.ts";
import { selectRegionSet, selectScales } from "../../state/case/case-selectors.ts";
import { selectStoredCase } from "../../state/case/stored-case.ts";
import { useStore } from "../../state/store.ts";

/**
 * "Opened abdomen_001 from dataset/: labels, image, dataset.json, plans; 25 regions at 4 scales"
 * @param labelsFile path of the label file, in a folder or without one; null for a case without files
 */
export function openedText(labelsFile: string | null): string | null {
  const s = useStore.getState();
  const openCase = selectStoredCase(s);
  if (!openCase) return null;
  const { source, image, sampleId, name } = openCase;
  const folder = /^\/?([^/]+)\//.exec(labelsFile ?? "")?.[1];
  const from = sampleId !== null ? " from the samples" : folder ? ` from ${folder}/` : "";
  const parts = [
    source.kind === "labels" ? "labels" : plural(source.stack.names.length, "mask"),
    image ? "image" : null,
    s.definition ? "dataset.json" : null,
    s.plans ? "plans" : null,
  ].filter((part) => part !== null);
  const regions = plural(selectRegionSet(s)?.regions.length ?? 0, "region");
  return `Opened ${name}${from}: ${parts.join(", ")}; ${regions} at ${plural(selectScales(s).length, "scale")}`;
}
