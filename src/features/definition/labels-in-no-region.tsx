/** What the card shows of the labels in no region: each label goes to its voxels, or becomes a region. */
import { LocateFixed, Plus } from "lucide-react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { formatCount, plural } from "../../base/format-numbers.ts";
import { exampleVoxel } from "../../domain/analysis/nearest-voxel.ts";
import { isLabel } from "../../domain/dataset/region-set.ts";
import { valueText } from "../../domain/volume/float32.ts";
import { goTo } from "../../state/actions/go-to.ts";
import { selectDrawnRegions, selectLabels } from "../../state/case/case-selectors.ts";
import { shownOn } from "../../state/case/shown-on.ts";
import { selectLabelNames } from "../../state/regions/label-names.ts";
import { showStatus } from "../../state/status.ts";
import { useStore } from "../../state/store.ts";
import { moveAlongButtons } from "../../ui/controls/roving-focus.ts";
import { addRegion } from "./actions.ts";
import { useEditor } from "./editor-state.ts";

/** More would not be read one by one; the row's title has all. */
const MAX_CHIPS = 200;

/** One Tab stop; the arrow keys move from button to button. */
export function LabelsInNoRegion() {
  const commands = useCommands();
  const labels = useStore(selectDrawnRegions).at(-1)?.labels ?? [];
  const counted = useStore(selectLabels);
  const names = useStore(selectLabelNames);
  const where = useStore((s) => shownOn(s.openCase));
  const highlighted = useEditor((s) => s.highlightedLabels);
  const voxels = new Map(counted.map((label) => [label.value, label.voxels]));
  return (
    <>
      <p className="card-note">
        No region has these labels. Click one to go to its voxels, or make it a region.
      </p>
      <ul className="label-chips" aria-label="Labels in no region" onKeyDown={moveAlongButtons}>
        {labels.slice(0, MAX_CHIPS).map((value, i) => {
          const [text, count, name] = [valueText(value), voxels.get(value) ?? 0, names.get(value)];
          return (
            <li
              key={value}
              className="label-chip"
              data-highlighted={highlighted.includes(value) || undefined}
              data-unseen={count === 0 || undefined}
            >
              <button
                type="button"
                className="chip-goes"
                tabIndex={i === 0 ? 0 : -1}
                aria-label={`Go to label ${text}, ${plural(count, "voxel")} ${where}`}
                title={`Go to label ${text}, ${plural(count, "voxel")} ${where}`}
                onClick={() => goToLabel(value, where)}
              >
                <LocateFixed size={12} aria-hidden />
                <b>{text}</b>
                {name ? <span className="label-name">{name}</span> : null}
                <small>{formatCount(count)}</small>
              </button>
              {isLabel(value) ? (
                <button
                  type="button"
                  tabIndex={-1}
                  aria-label={`Add a region of label ${text}`}
                  title={`Add a region of label ${text}`}
                  onClick={({ detail }) => {
                    if (detail > 1) return;
                    addRegion(commands, { labels: [value], name: name ?? `label ${text}` });
                  }}
                >
                  <Plus size={12} aria-hidden />
                </button>
              ) : null}
            </li>
          );
        })}
        {labels.length > MAX_CHIPS ? (
          <li className="no-labels">and {formatCount(labels.length - MAX_CHIPS)} more</li>
        ) : null}
      </ul>
    </>
  );
}

function goToLabel(value: number, where: string): void {
  const { openCase } = useStore.getState();
  const voxel = openCase?.source.kind === "labels" ? exampleVoxel(openCase.source.volume, value) : null;
  if (voxel) goTo(voxel);
  else showStatus(`Label ${valueText(value)} has no voxels ${where}.`);
}
