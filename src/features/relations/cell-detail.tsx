/** Line under the matrix that states the relation of one pair of regions. */
import type { Region } from "../../domain/dataset/region-set.ts";
import { labelDifference, type Relations } from "../../domain/dataset/relations.ts";
import { RelationGlyph } from "./relation-glyph.tsx";
import { differenceText, relationSentence } from "./text.ts";

interface Props {
  readonly relations: Relations;
  readonly definitions: readonly Region[];
  readonly fromMasks: boolean;
  /** Channels of the cell under the pointer, or of the cursor if there is none. */
  readonly pair: readonly [number, number] | null;
}

export function CellDetail({ relations, definitions, fromMasks, pair }: Props) {
  const [a, b] = pair ? [definitions[pair[0]], definitions[pair[1]]] : [];
  if (!pair || !a || !b) {
    return <p className="cell-detail muted">Hover over a cell or use the arrow keys to see details.</p>;
  }
  const names = { a: a.name, b: b.name };
  return (
    <div className="cell-detail">
      <p>
        <RelationGlyph relation={relations.relation(...pair)} /> {relationSentence(relations, ...pair, names)}
      </p>
      <p className="muted">
        {fromMasks ? null : a === b ? null : differenceText(labelDifference(a, b), names)}
      </p>
    </div>
  );
}
