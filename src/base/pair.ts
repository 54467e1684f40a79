/** Two numbers that belong together. */

/** Along two directions: right and down, horizontal and vertical, width and height. */
export type Pair = readonly [number, number];

/** Width and height. */
export type Size = Pair;
