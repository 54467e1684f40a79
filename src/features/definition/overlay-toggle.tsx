/** Button that hatches the compared voxels in the viewers. */
import { overlayDiff } from "../../state/actions/edit-actions.ts";
import type { OtherDefinition } from "../../state/slices/edit-slice.ts";
import { useStore } from "../../state/store.ts";

export function OverlayToggle({ other }: { readonly other: OtherDefinition }) {
  const isOverlaid = useStore((s) => s.otherDefinition?.definition === other.definition);
  return (
    <button
      type="button"
      className="button slim overlay-toggle"
      aria-pressed={isOverlaid}
      onClick={() => overlayDiff(isOverlaid ? null : other)}
    >
      <i className="hatch" aria-hidden="true" />
      Mark these voxels in the viewers
    </button>
  );
}
