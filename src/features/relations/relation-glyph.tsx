/** Glyph of a relation as SVG. */
import type { Relation } from "../../domain/dataset/relations.ts";
import { GLYPH_SIDE, GLYPHS } from "./glyphs.ts";

export function RelationGlyph({ relation }: { readonly relation: Relation }) {
  const { boxes, token } = GLYPHS[relation];
  return (
    <svg
      className="relation-glyph"
      width="13"
      height="13"
      viewBox={`0 0 ${GLYPH_SIDE} ${GLYPH_SIDE}`}
      aria-hidden="true"
      style={{ fill: `var(${token})` }}
    >
      {boxes.map(([x, y, width, height]) => (
        <rect key={`${x} ${y}`} x={x} y={y} width={width} height={height} />
      ))}
    </svg>
  );
}
