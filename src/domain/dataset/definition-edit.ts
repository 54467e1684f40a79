/** Lists the edits of dataset.json that the page offers. */

/**
 * An edit of a definition. `index` counts the entries of `labels` in textual order, `channel` counts regions.
 */
export type DefinitionEdit =
  | { readonly kind: "add"; readonly name: string; readonly labels: readonly number[] }
  | { readonly kind: "remove"; readonly index: number }
  | { readonly kind: "rename"; readonly index: number; readonly name: string }
  | { readonly kind: "move"; readonly from: number; readonly to: number }
  | { readonly kind: "add-label"; readonly index: number; readonly label: number }
  | { readonly kind: "remove-label"; readonly index: number; readonly label: number }
  | { readonly kind: "set-order-value"; readonly channel: number; readonly value: number }
  | { readonly kind: "set-ignore"; readonly value: number | null }
  | { readonly kind: "add-background" };
