/** Selects how scales are made: by nnU-Net's sampling, or by pooling, to see what that would keep. */
import { POOLING_SENTENCES, type PoolingRule } from "../../domain/targets/pooling.ts";
import { setPooling } from "../../state/actions/survival-actions.ts";
import { useStore } from "../../state/store.ts";
import { POOLING_NAMES, SAMPLING_SENTENCE } from "../../state/view/view-names.ts";
import { Segmented } from "../../ui/controls/segmented.tsx";

const RULES = ["any", "all", "majority"] as const satisfies readonly PoolingRule[];

const OPTIONS = [
  { value: "sampling", name: "nnU-Net's sampling", face: "nnU-Net's sampling" },
  ...RULES.map((rule) => ({ value: rule, name: POOLING_NAMES[rule], face: POOLING_NAMES[rule] })),
];

export function PoolingControl() {
  const pooling = useStore((s) => s.pooling);
  return (
    <>
      <Segmented
        label="Pooling"
        options={OPTIONS}
        value={pooling ?? "sampling"}
        onChange={(value) => setPooling(RULES.find((rule) => rule === value) ?? null)}
      />
      <p className="survival-sentence" data-other={pooling !== null || undefined} role="note">
        {pooling ? POOLING_SENTENCES[pooling] : SAMPLING_SENTENCE}
      </p>
    </>
  );
}
