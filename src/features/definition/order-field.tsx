/**
 * Field for the region's value in regions_class_order: the label that nnU-Net writes where the region is
 * predicted.
 */
import { useCommands } from "../../app/commands/commands-context.ts";
import { rangeProblem, rangeText } from "../../ui/controls/whole-number.ts";
import { DraftInput } from "./draft-input.tsx";
import type { EditedRegion } from "./edit-selectors.ts";

/**
 * The most that NumPy arrays of predictions hold (`LabelManager.convert_probabilities_to_segmentation`).
 * Those of torch are int16, and predictions of fewer than 255 labels are saved as uint8.
 */
const WRITTEN = { min: 0, max: 65_535 };

export function OrderField({ region }: { readonly region: EditedRegion }) {
  const commands = useCommands();
  const { entry, orderUsed, orderValue } = region;
  const place = entry?.orderPlace ?? null;
  if (!orderUsed || place === null) return null;
  return (
    <span
      className="order-field"
      title="Output label: the value in regions_class_order that predictions get in this region"
    >
      <span aria-hidden="true">Output label</span>
      <DraftInput
        key={place}
        id="order-value"
        numeric
        label={`Output label of ${region.name}`}
        value={orderValue === undefined ? "" : JSON.stringify(orderValue)}
        placeholder="–"
        problem={(text) => rangeProblem(text, WRITTEN)}
        description={rangeText(WRITTEN)}
        onCommit={(text) =>
          commands.editDefinition({ kind: "set-order-value", channel: place, value: Number(text) })
        }
      />
    </span>
  );
}
