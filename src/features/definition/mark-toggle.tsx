/** Button that hatches the compared voxels in the viewers. */
import { markDifferences } from "../../state/actions/edit-actions.ts";
import type { ComparedDefinition } from "../../state/slices/edit-slice.ts";
import { useStore } from "../../state/store.ts";

export function MarkToggle({ other }: { readonly other: ComparedDefinition }) {
  const marked = useStore((s) => s.comparedWith?.definition === other.definition);
  return (
    <button
      type="button"
      className="button slim mark-toggle"
      aria-pressed={marked}
      onClick={() => markDifferences(marked ? null : other)}
    >
      <i className="hatch" aria-hidden="true" />
      Mark these voxels in the viewers
    </button>
  );
}
