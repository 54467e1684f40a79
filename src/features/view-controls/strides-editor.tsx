/** Table for editing the strides of every network stage; changes apply immediately. */
import { Minus, Plus } from "lucide-react";
import type { Triple } from "../../domain/geometry/grid.ts";
import { setStrides } from "../../state/actions/case-actions.ts";
import { selectStrides } from "../../state/case/case-selectors.ts";
import { useStore } from "../../state/store.ts";
import { NumberInput } from "../../ui/controls/number-input.tsx";

const AXES = [0, 1, 2] as const;
const MAX_NETWORK_STAGES = 9;
const LARGEST = 16;

export function StridesEditor() {
  const strides = useStore(selectStrides);
  const change = (networkStage: number, axis: 0 | 1 | 2, value: number) =>
    setStrides(
      strides.map((entry, i): Triple => {
        if (i !== networkStage) return entry;
        const next: [number, number, number] = [...entry];
        next[axis] = value;
        return next;
      }),
    );
  return (
    <div className="strides">
      <table>
        <thead>
          <tr>
            <th>Network stage</th>
            {AXES.map((axis) => (
              <th key={axis}>Axis {axis}</th>
            ))}
            <th>Target</th>
          </tr>
        </thead>
        <tbody>
          {strides.map((entry, networkStage) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the index is the network stage
            <tr key={networkStage}>
              <th scope="row">{networkStage}</th>
              {AXES.map((axis) => (
                <td key={axis}>
                  <NumberInput
                    label={`Stride of network stage ${networkStage} along axis ${axis}`}
                    min={1}
                    max={LARGEST}
                    value={entry[axis]}
                    onChange={(stride) => change(networkStage, axis, stride)}
                  />
                </td>
              ))}
              <td className="muted">
                {networkStage === strides.length - 1 ? "none" : `scale ${networkStage}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="muted">nnU-Net computes no target for the last network stage.</p>
      <div className="row">
        <button
          type="button"
          className="button"
          aria-label="Add network stage"
          disabled={strides.length >= MAX_NETWORK_STAGES}
          onClick={() => setStrides([...strides, [2, 2, 2]])}
        >
          <Plus size={14} aria-hidden /> Add
        </button>
        <button
          type="button"
          className="button"
          aria-label="Remove last network stage"
          disabled={strides.length <= 2}
          onClick={() => setStrides(strides.slice(0, -1))}
        >
          <Minus size={14} aria-hidden /> Remove last
        </button>
        <button type="button" className="button" onClick={() => setStrides(null)}>
          Reset
        </button>
      </div>
    </div>
  );
}
