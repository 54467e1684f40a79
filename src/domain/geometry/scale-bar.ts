/** Chooses the length of a scale bar. */

/** Leading digits that read well on a scale bar. */
const STEPS = [1, 2, 5] as const;

/**
 * The longest round length that fits.
 * @param pxPerMm CSS px
 * @param mostPx room for the bar
 */
export function scaleBarOf(
  pxPerMm: number,
  mostPx: number,
): { readonly mm: number; readonly px: number; readonly text: string } | null {
  if (!(pxPerMm > 0) || !Number.isFinite(pxPerMm)) return null;
  const mostMm = mostPx / pxPerMm;
  const power = 10 ** Math.floor(Math.log10(mostMm));
  const mm = power * (STEPS.findLast((step) => step * power <= mostMm * (1 + 1e-9)) ?? 1);
  const text = mm >= 10 ? `${mm / 10} cm` : mm >= 1 ? `${mm} mm` : `${Number((mm * 1000).toPrecision(3))} µm`;
  return { mm, px: mm * pxPerMm, text };
}
