/** Fractions this close to whole numbers were whole numbers once. */
export const NEARLY_WHOLE = 0.05;
