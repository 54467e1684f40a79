import { useStore } from "../../state/store.ts";
import type { Other } from "./compare-dialog.tsx";

/** Hatches in the viewers what the comparison counts. */
export function MarkToggle({ other }: { readonly other: Other }) {
  const marked = useStore((s) => s.comparedWith?.definition === other.definition);
  const { markDifferences } = useStore.getState();
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
