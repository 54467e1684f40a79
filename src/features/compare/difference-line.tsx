/**
 * Lines between the panes and the table of Compare: stripes, which rows are listed, and steps to differences.
 */
import { ChevronDown, ChevronUp } from "lucide-react";
import { formatCount, plural } from "../../base/format-numbers.ts";
import type { DifferencePlace } from "../../domain/analysis/difference-places.ts";
import { ROW_FILTERS, type RowFilter } from "../../domain/view/view-values.ts";
import { setFields } from "../../state/actions/fields-actions.ts";
import type { CompareQuery } from "../../state/slices/compare-slice.ts";
import { useStore } from "../../state/store.ts";
import { IconButton } from "../../ui/controls/icon-button.tsx";
import { Segmented } from "../../ui/controls/segmented.tsx";
import { keyOf } from "../../ui/keys.ts";
import { type CompareLine, passes } from "./compare-lines.ts";
import { selectCompareQuery } from "./compare-selectors.ts";
import { useCompare } from "./compare-state.ts";
import { stepDifference } from "./difference-steps.ts";
import { useLines } from "./use-lines.ts";

export function DifferenceLine() {
  const query = useStore(selectCompareQuery);
  const isPooled = useStore((s) => s.pooling !== null);
  return (
    <div className="compare-differences">
      <Stripes />
      {query && !isPooled ? <Filters /> : null}
      {query && !isPooled ? <Steps query={query} /> : null}
    </div>
  );
}

function Stripes() {
  const isOn = useStore((s) => s.compareStripes);
  return (
    <p className="compare-stripes">
      <label>
        <input
          type="checkbox"
          checked={isOn}
          onChange={(event) => setFields({ compareStripes: event.target.checked })}
        />
        Stripe differences
      </label>
      <span className="compare-legend" data-off={!isOn || undefined}>
        <i className="only-here" /> only in this pane <i className="only-there" /> only in the other
      </span>
      <OnlyChosen />
    </p>
  );
}

function OnlyChosen() {
  const isOn = useStore((s) => s.compareAlone);
  return (
    <label title="Draw only the region or label that is chosen in the table">
      <input
        type="checkbox"
        checked={isOn}
        onChange={(event) => setFields({ compareAlone: event.target.checked })}
      />
      Only the chosen row
    </label>
  );
}

const FILTER_NAMES: Readonly<Record<RowFilter, string>> = {
  all: "All",
  differ: "Differ",
  "only-a": "Only in A",
  "only-b": "Only in B",
};

function Filters() {
  const filter = useStore((s) => s.compareFilter);
  const lines = useLines();
  const isCounted = lines.every(({ count }) => count);
  return (
    <Segmented
      label="Rows to list"
      value={filter}
      options={ROW_FILTERS.map((value) => {
        const number = isCounted ? numberOf(lines, value) : "…";
        return {
          value,
          name: `${FILTER_NAMES[value]}: ${number}`,
          face: (
            <>
              {FILTER_NAMES[value]} <small>{number}</small>
            </>
          ),
        };
      })}
      onChange={(next) => setFields({ compareFilter: next })}
    />
  );
}

function numberOf(lines: readonly CompareLine[], filter: RowFilter): string {
  return formatCount(lines.filter((line) => passes(line, filter)).length);
}

function Steps({ query }: { readonly query: CompareQuery }) {
  const last = useCompare((s) => s.step);
  const step = last?.query === query ? last.step : null;
  const row = step && last?.channel != null ? query.rows[last.channel] : undefined;
  const ofRow = row ? ` in ${row.name}` : "";
  return (
    <section className="compare-steps" aria-label="Differences">
      <p role="status">
        {step?.kind === "at" ? (
          <>
            {`${formatCount(step.nth)} of ${formatCount(step.of)}${ofRow}: ${plural(step.place.voxels, "voxel")}`}
            {/* The panes show it at the crosshair. */}
            <span className="visually-hidden">, {sidesText(step.place, query)}</span>
          </>
        ) : step?.kind === "pending" ? (
          <>
            Looking for differences… <span aria-hidden>{Math.floor(100 * step.fraction)} %</span>
          </>
        ) : step?.kind === "none" ? (
          `No difference${ofRow}`
        ) : (
          "Go to differences"
        )}
      </p>
      <IconButton
        icon={ChevronUp}
        label={`Go to the previous difference (${keyOf("difference-before")})`}
        onClick={() => stepDifference(-1)}
      />
      <IconButton
        icon={ChevronDown}
        label={`Go to the next difference, largest first (${keyOf("difference-next")})`}
        onClick={() => stepDifference(1)}
      />
    </section>
  );
}

/** What the voxels of a place are on each side. */
function sidesText({ a, b }: DifferencePlace, { rows }: CompareQuery): string {
  const names = (channels: readonly number[]) =>
    channels.map((channel) => rows[channel]?.name ?? "").join(", ") || "nothing";
  return `in A ${names(a)}, in B ${names(b)}`;
}
