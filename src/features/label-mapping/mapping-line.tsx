/** One label's row in the round trip: the label, the regions that write it in order, and what comes back. */
import { memo, type Ref } from "react";
import { formatCount } from "../../base/format-numbers.ts";
import type { FlowStep } from "../../domain/dataset/label-mapping.ts";
import type { LabelLine } from "./label-mapping-selectors.ts";
import { Outcome } from "./outcome.tsx";
import { backWords, labelWords, stepWords } from "./text.ts";

interface Props {
  readonly line: LabelLine;
  readonly index: number;
  /** Hex colours of the regions, by channel. */
  readonly hexes: readonly string[];
  readonly selectedRegion: string | null;
  /** The row's button that is a Tab stop: 0 is the label, followed by its regions; null for none. */
  readonly reach: number | null;
  readonly measure: Ref<HTMLTableRowElement>;
  readonly onLabel: (line: LabelLine) => void;
  readonly onRegion: (name: string) => void;
}

export const FlowLine = memo(function FlowLine(props: Props) {
  const { line, index, hexes, selectedRegion, reach, measure, onLabel, onRegion } = props;
  const { label, name, voxels, steps, comesBackAs, backName, outcome } = line;
  return (
    <tr
      className="flow-line"
      ref={measure}
      data-index={index}
      data-outcome={outcome}
      aria-rowindex={index + 2}
    >
      <th scope="row">
        <button
          type="button"
          className="flow-node"
          data-at={0}
          tabIndex={reach === 0 ? 0 : -1}
          aria-disabled={!voxels || undefined}
          aria-label={labelWords(line)}
          title={voxels ? `${labelWords(line)}. Click to locate it in the grid` : labelWords(line)}
          onClick={() => {
            if (voxels) onLabel(line);
          }}
        >
          <b>{label}</b>
          <span className="flow-name">{name}</span>
          {voxels === null ? null : (
            <span className="flow-voxels">{voxels === 0 ? "not here" : formatCount(voxels)}</span>
          )}
        </button>
      </th>
      <td>
        <div className="flow-way">
          {steps.length === 0 ? (
            <span className="flow-none">
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
          <span className="flow-end" aria-hidden="true" />
        </div>
      </td>
      <td>
        <div className="flow-back" title={backWords(line)}>
          <b>{outcome === "ignored" ? "–" : comesBackAs}</b>
          <span className="flow-name">{outcome === "same" || outcome === "ignored" ? null : backName}</span>
          <Outcome outcome={outcome} />
        </div>
      </td>
    </tr>
  );
});

interface StepProps {
  readonly step: FlowStep;
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
      className="flow-step"
      data-state={writes === null ? "silent" : remains ? "remains" : "covered"}
      data-at={at}
      aria-pressed={selected}
      aria-label={stepWords(step)}
      title={stepWords(step)}
      tabIndex={reachable ? 0 : -1}
      onClick={onClick}
    >
      <i className="swatch" style={{ background: hex }} />
      <span className="flow-name">{region}</span>
      <b>{writes ?? "–"}</b>
    </button>
  );
}
