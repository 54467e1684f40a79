/** Row of a table that stands for the rows outside the visible part. */

export function SpacerRow({ px, columns }: { readonly px: number; readonly columns: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row of nothing, which no focus reaches
    <tr aria-hidden="true">
      <td colSpan={columns} style={{ height: px, padding: 0 }} />
    </tr>
  );
}
