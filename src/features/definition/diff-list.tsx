/** List of the differences between two definitions, by kind. */
import type { ReactNode } from "react";
import { formatCount, plural } from "../../base/format-numbers.ts";
import type { DefinitionDiff } from "../../domain/dataset/definition-diff.ts";
import { labelText } from "../../domain/dataset/label-text.ts";
import type { DiffWithVoxels } from "./definition-diff-selectors.ts";

const TRAINS_ON = { regions: "regions (sigmoid)", labels: "labels (softmax)" } as const;

/** Leaves out the kinds without a difference. */
export function DiffList({ diff, voxels }: DiffWithVoxels) {
  if (diff.same) {
    return <p className="compare-same">No difference affects training or prediction.</p>;
  }
  return (
    <div className="compare-list">
      {diff.trainsOn ? (
        <Part title="Training">
          <li>
            on {TRAINS_ON[diff.trainsOn.from]} → on <b>{TRAINS_ON[diff.trainsOn.to]}</b>
          </li>
        </Part>
      ) : null}
      <Regions diff={diff} />
      <Part title="Labels moved between regions" count={diff.moved.length}>
        {diff.moved.map(({ label, left, joined }) => (
          <li key={label}>
            <b>label {label}</b> {left.length > 0 ? `left ${left.join(", ")}` : null}
            {left.length > 0 && joined.length > 0 ? "; " : null}
            {joined.length > 0 ? `joined ${joined.join(", ")}` : null}
          </li>
        ))}
      </Part>
      <Part title="Order" count={diff.order.length + (diff.resequenced ? 1 : 0)}>
        {diff.resequenced ? <li>The regions are listed in a different order.</li> : null}
        {diff.order.map(({ region, from, to }) => (
          <li key={region}>
            <b>{region}</b>: output label {from ?? "none"} → {to ?? "none"}
          </li>
        ))}
      </Part>
      {voxels ? (
        <section>
          <h3>
            Voxels in this case <small>{formatCount(voxels.voxels)}</small>
          </h3>
          {voxels.regions.length === 0 ? <p>No voxel in this case changes region.</p> : null}
          <ul>
            {voxels.regions.map(({ region, gained, lost }) => (
              <li key={region}>
                <b>{region}</b> {gained > 0 ? `gains ${plural(gained, "voxel")}` : null}
                {gained > 0 && lost > 0 ? ", " : null}
                {lost > 0 ? `loses ${plural(lost, "voxel")}` : null}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}

function Regions({ diff }: { readonly diff: DefinitionDiff }) {
  return (
    <>
      <Part title="Regions added" count={diff.added.length}>
        {diff.added.map(({ name, labels }) => (
          <li key={name}>
            <b>{name}</b> <span>{named(labels)}</span>
          </li>
        ))}
      </Part>
      <Part title="Regions removed" count={diff.removed.length}>
        {diff.removed.map(({ name, labels }) => (
          <li key={name}>
            <b>{name}</b> <span>{named(labels)}</span>
          </li>
        ))}
      </Part>
      <Part title="Regions renamed" count={diff.renamed.length}>
        {diff.renamed.map(({ from, to }) => (
          <li key={to}>
            {from} → <b>{to}</b>
          </li>
        ))}
      </Part>
    </>
  );
}

function named(labels: readonly number[]): string {
  return labels.length === 0
    ? "without labels"
    : `label${labels.length === 1 ? "" : "s"} ${labelText(labels)}`;
}

interface PartProps {
  readonly title: string;
  /** The part is left out if it is 0. */
  readonly count?: number;
  readonly children: ReactNode;
}

function Part({ title, count, children }: PartProps) {
  if (count === 0) return null;
  return (
    <section>
      <h3>
        {title} {count === undefined ? null : <small>{count}</small>}
      </h3>
      <ul>{children}</ul>
    </section>
  );
}
