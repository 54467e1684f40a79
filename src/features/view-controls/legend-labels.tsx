/** List of labels and their colours, for the legend when colouring by label. */
import type { LegendLabel } from "../../state/regions/label-colors.ts";
import "./legend.css";

export function LegendLabels({ labels }: { readonly labels: readonly LegendLabel[] }) {
  return (
    <>
      <h3 className="list-title">Labels in shown regions</h3>
      <ul className="legend-labels" aria-label="Labels in shown regions">
        {labels.map(({ value, name, hex }) => (
          <li key={value}>
            <i className="swatch" data-drawing="fill" style={{ background: hex, color: hex }} />
            <span className="legend-name" title={name}>
              {name}
            </span>
            <span className="legend-value">{value}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
