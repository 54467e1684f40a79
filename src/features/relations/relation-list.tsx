/** List of one region's relations: what it contains, what contains it, and which labels differ. */
import { formatCount, plural } from "../../base/format-numbers.ts";
import { labelText } from "../../domain/dataset/label-text.ts";
import type { Region } from "../../domain/dataset/region-set.ts";
import { labelDifference, type Relation, type Relations } from "../../domain/dataset/relations.ts";
import type { RegionRow } from "../../state/regions/region-rows.ts";
import { moveAlongButtons } from "../../ui/controls/roving-focus.ts";
import { type Related, relatedTo, uncovered } from "./related.ts";
import { RelationGlyph } from "./relation-glyph.tsx";
import { formatDice, RELATION_TEXT } from "./text.ts";

interface Props {
  readonly relations: Relations;
  readonly regions: readonly RegionRow[];
  /** Null for masks. */
  readonly definitions: readonly Region[] | null;
  /** Channel of the region listed. */
  readonly channel: number;
  /** Channel of the cursor's other region. */
  readonly column: number | null;
  readonly onPick: (channel: number) => void;
}

const KINDS: readonly Relation[] = ["identical", "contains", "inside", "overlaps"];

export function RelationList({ relations, regions, definitions, channel, column, onPick }: Props) {
  const region = regions[channel];
  if (!region) return null;
  const related = relatedTo(relations, channel);
  const apart = regions.filter((_, b) => relations.relation(channel, b) === "disjoint");
  const reach = related.find(({ channel: b }) => b === column)?.channel ?? related[0]?.channel;
  const unit = relations.unit === "labels" ? "label" : "voxel";
  return (
    <section className="relation-list" aria-labelledby="relation-list-title">
      <h3 id="relation-list-title">
        <i className="swatch" style={{ background: region.hex }} />
        <span>{region.name}</span>
      </h3>
      <p className="relation-held">
        {plural(relations.sizeOf(channel), unit)}
        {region.labels ? ` · ${/[,–]/.test(region.labels) ? "labels" : "label"} ${region.labels}` : null}
      </p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys go from button to button */}
      <div onKeyDown={moveAlongButtons}>
        {KINDS.map((kind) => {
          const those = related.filter(({ relation }) => relation === kind);
          if (those.length === 0) return null;
          return (
            <div key={kind} className="relation-group">
              <h4>
                <RelationGlyph relation={kind} /> {RELATION_TEXT[kind]} {kind === "identical" ? "to " : null}
                <span>{those.length}</span>
              </h4>
              <ul aria-label={`${region.name} ${RELATION_TEXT[kind]}`}>
                {those.map((other) => (
                  <RelatedItem
                    key={other.channel}
                    other={other}
                    row={regions[other.channel]}
                    difference={definitions ? differenceText(definitions, channel, other) : null}
                    current={other.channel === column}
                    reachable={other.channel === reach}
                    onPick={onPick}
                  />
                ))}
              </ul>
              {kind === "contains" && definitions && those.length > 1 ? (
                <Uncovered definitions={definitions} channel={channel} parts={those} />
              ) : null}
            </div>
          );
        })}
      </div>
      {apart.length > 0 ? (
        <div className="relation-group">
          <h4>
            <RelationGlyph relation="disjoint" /> disjoint from <span>{apart.length}</span>
          </h4>
          <p className="relation-apart">{apart.map(({ name }) => name).join(", ")}</p>
        </div>
      ) : null}
    </section>
  );
}

interface ItemProps {
  readonly other: Related;
  readonly row: RegionRow | undefined;
  readonly difference: string | null;
  readonly current: boolean;
  readonly reachable: boolean;
  readonly onPick: (channel: number) => void;
}

function RelatedItem({ other, row, difference, current, reachable, onPick }: ItemProps) {
  return (
    <li>
      <button
        type="button"
        className="related"
        aria-pressed={current}
        tabIndex={reachable ? 0 : -1}
        onClick={() => onPick(other.channel)}
      >
        <i className="swatch" style={{ background: row?.hex }} />
        <span className="related-name">{row?.name}</span>
        <span className="related-shared">
          {formatCount(other.shared)} <small className="related-dice">Dice {formatDice(other.dice)}</small>
        </span>
        {difference ? <span className="related-labels">{difference}</span> : null}
      </button>
    </li>
  );
}

interface UncoveredProps {
  readonly definitions: readonly Region[];
  readonly channel: number;
  readonly parts: readonly Related[];
}

/** Labels that none of the region's parts has: intended, or forgotten in one of them. */
function Uncovered({ definitions, channel, parts }: UncoveredProps) {
  const labels = uncovered(definitions, channel, parts);
  return (
    <p className="relation-note">
      {labels.length === 0
        ? "Together they contain all its labels."
        : `In none of them: ${labels.length === 1 ? "label" : "labels"} ${labelText(labels)}`}
    </p>
  );
}

function differenceText(definitions: readonly Region[], channel: number, other: Related): string | null {
  const [a, b] = [definitions[channel], definitions[other.channel]];
  if (!a || !b) return null;
  const { both, onlyA, onlyB } = labelDifference(a, b);
  const parts = [
    other.relation === "overlaps" ? `shared ${labelText(both)}` : null,
    onlyA.length > 0 ? `only ${a.name}: ${labelText(onlyA)}` : null,
    onlyB.length > 0 ? `only ${b.name}: ${labelText(onlyB)}` : null,
  ].filter((part) => part !== null);
  return parts.length > 0 ? parts.join(" · ") : "the same labels";
}
