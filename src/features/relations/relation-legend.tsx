/** Legend of the relations: each glyph, the number of its pairs, and a jump to the next one. */
import { useMemo } from "react";
import { formatCount } from "../../base/format-numbers.ts";
import type { Relation, Relations } from "../../domain/dataset/relations.ts";
import { moveAlongButtons } from "../../ui/controls/roving-focus.ts";
import { RelationGlyph } from "./relation-glyph.tsx";
import { RELATION_TEXT } from "./text.ts";

const RELATIONS: readonly Relation[] = ["contains", "inside", "overlaps", "identical", "disjoint"];

interface Props {
  readonly relations: Relations;
  /** Moves the cursor to the next cell of that kind. */
  readonly onNext: (relation: Relation) => void;
}

export function RelationLegend({ relations, onNext }: Props) {
  const pairs = useMemo(() => countPairs(relations), [relations]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: no fieldset, there is nothing to submit
    <div className="relation-legend" role="group" aria-label="Kinds of relation" onKeyDown={moveAlongButtons}>
      {RELATIONS.map((relation, i) => (
        <button
          key={relation}
          type="button"
          className="relation-kind"
          tabIndex={i === 0 ? 0 : -1}
          aria-disabled={pairs[relation] === 0 || undefined}
          aria-label={`${RELATION_TEXT[relation]}: ${formatCount(pairs[relation])} pairs, go to the next`}
          title={pairs[relation] > 0 ? "Go to the next" : undefined}
          onClick={() => onNext(relation)}
        >
          <RelationGlyph relation={relation} />
          {RELATION_TEXT[relation]}
          <b className="kind-count">{formatCount(pairs[relation])}</b>
        </button>
      ))}
    </div>
  );
}

/** Counts pairs of regions, each once. */
function countPairs(relations: Relations): Readonly<Record<Relation, number>> {
  const pairs = { identical: 0, contains: 0, inside: 0, overlaps: 0, disjoint: 0 };
  for (let a = 0; a < relations.size; a++) {
    for (let b = a + 1; b < relations.size; b++) pairs[relations.relation(a, b)] += 1;
  }
  // "Inside" is "contains" seen from the other side.
  const nested = pairs.contains + pairs.inside;
  return { ...pairs, contains: nested, inside: nested };
}
