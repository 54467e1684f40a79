/**
 * A volume of 1,500 labels in 8 million voxels: pieces of about 20 × 20 × 10 voxels inside a shell of
 * background.
 */
export const MANY = { edge: 200, pieces: [10, 10, 15] as const, labels: 1500 };

/** Each voxel's label, 1 to 1,500 by its piece; 0 within 5 voxels of the border. */
export function manyLabels(): Int16Array {
  const { edge, pieces } = MANY;
  const values = new Int16Array(edge ** 3);
  const inner = edge - 10;
  const piece = (axis: 0 | 1 | 2) =>
    Int16Array.from({ length: edge }, (_, i) =>
      i < 5 || i >= edge - 5 ? -1 : Math.floor(((i - 5) * pieces[axis]) / inner),
    );
  const [along0, along1, along2] = [piece(0), piece(1), piece(2)];
  for (let z = 0, at = 0; z < edge; z++) {
    for (let y = 0; y < edge; y++) {
      const row = ((along0[z] ?? -1) * pieces[1] + (along1[y] ?? -1)) * pieces[2];
      const outside = (along0[z] ?? -1) < 0 || (along1[y] ?? -1) < 0;
      for (let x = 0; x < edge; x++, at++) {
        const p = along2[x] ?? -1;
        values[at] = outside || p < 0 ? 0 : 1 + row + p;
      }
    }
  }
  return values;
}
