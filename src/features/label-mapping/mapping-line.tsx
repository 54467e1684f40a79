/** One label's row in the round trip: the label, the regions that write it in order, and what comes back. */
import { memo, type Ref } from "react";
import { formatCount } from "../../base/format-numbers.ts";
import type { MappingStep } from "../../domain/dataset/label-mapping.ts";
import type { MappingRow } from "./label-mapping-selectors.ts";
import { Outcome } from "./outcome.tsx";
import { decodedText, mappingText, stepText } from "./text.ts";

interface Props {
  readonly line: MappingRow;
  readonly index: number;
  /** Hex colours of the regions, by channel. */
  readonly hexes: readonly string[];
  readonly selectedRegion: string | null;
  /** The row's button that is a Tab stop: 0 is the label, followed by its regions; null for none. */
  readonly reach: number | null;
  readonly measure: Ref<HTMLTableRowElement>;
  readonly onLabel: (line: MappingRow) => void;
  readonly onRegion: (name: string) => void;
}

export const MappingLine = memo(function MappingLine(props: Props) {
  const { line, index, hexes, selectedRegion, reach, measure, onLabel, onRegion } = props;
  const { label, name, voxels, steps, decodedAs, decodedName, outcome } = line;
  return (
    <tr
      className="mapping-line"
      ref={measure}
      data-index={index}
      data-outcome={outcome}
      aria-rowindex={index + 2}
    >
      <th scope="row">
        <button
          type="button"
          className="mapping-node"
          data-at={0}
          tabIndex={reach === 0 ? 0 : -1}
          aria-disabled={!voxels || undefined}
          aria-label={mappingText(line)}
          title={voxels ? `${mappingText(line)}. Click to locate it in the grid` : mappingText(line)}
          onClick={() => {
            if (voxels) onLabel(line);
          }}
        >
          <b>{label}</b>
          <span className="mapping-name">{name}</span>
          {voxels === null ? null : (
            <span className="mapping-voxels">{voxels === 0 ? "not here" : formatCount(voxels)}</span>
          )}
        </button>
      </th>
      <td>
        <div className="mapping-path">
          {steps.length === 0 ? (
            <span className="mapping-none">
              {outcome === "ignored" ? "left out of the loss" : "in no region"}
            </span>
          ) : null}
          {steps.map((step, i) => (
            <Step
              key={step.channel}
              step={step}
              hex={hexes[step.channel] ?? "transparent"}
              selected={step.region === selectedRegion}
              at={i + 1}
              reachable={reach === i + 1}
              onClick={() => onRegion(step.region)}
            />
          ))}
          <span className="mapping-end" aria-hidden="true" />
        </div>
      </td>
      <td>
        <div className="mapping-decoded" title={decodedText(line)}>
          <b>{outcome === "ignored" ? "–" : decodedAs}</b>
          <span className="mapping-name">
            {outcome === "same" || outcome === "ignored" ? null : decodedName}
          </span>
          <Outcome outcome={outcome} />
        </div>
      </td>
    </tr>
  );
});

interface StepProps {
  readonly step: MappingStep;
  readonly hex: string;
  readonly selected: boolean;
  readonly at: number;
  readonly reachable: boolean;
  readonly onClick: () => void;
}

/** A region that contains the label, and the value it writes. */
function Step({ step, hex, selected, at, reachable, onClick }: StepProps) {
  const { region, writes, remains } = step;
  return (
    <button
      type="button"
      className="mapping-step"
      data-state={writes === null ? "silent" : remains ? "remains" : "covered"}
      data-at={at}
      aria-pressed={selected}
      aria-label={stepText(step)}
      title={stepText(step)}
      tabIndex={reachable ? 0 : -1}
      onClick={onClick}
    >
      <i className="swatch" style={{ background: hex }} />
      <span className="mapping-name">{region}</span>
      <span aria-hidden="true">→</span>
      <b>{writes ?? "–"}</b>
    </button>
  );
}
