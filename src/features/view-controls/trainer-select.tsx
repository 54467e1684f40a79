/** Selects the trainer, which decides the scales and their loss weights. */
import type { Trainer } from "../../domain/targets/deep-supervision.ts";
import { setTrainer } from "../../state/actions/case-actions.ts";
import { lacksStrides, selectTrainer } from "../../state/case/case-selectors.ts";
import { useStore } from "../../state/store.ts";
import { SelectField } from "../../ui/controls/select-field.tsx";

const TRAINERS: readonly { value: Trainer; label: string; hint: string }[] = [
  {
    value: "default",
    label: "Default trainer",
    hint: "nnUNetTrainer: the coarsest scale has weight 0",
  },
  {
    value: "no-deep-supervision",
    label: "No deep supervision",
    hint: "nnUNetTrainerNoDeepSupervision, Primus: scale 0 only, weight 1",
  },
  {
    value: "ddp",
    label: "DDP trainer",
    hint: "several GPUs without torch.compile: weight 1e-6 instead of 0",
  },
];

const FIXED = "the plans have no strides, so training uses scale 0 only";

export function TrainerSelect({ className }: { readonly className: string }) {
  const trainer = useStore(selectTrainer);
  const fixed = useStore(lacksStrides);
  return (
    <SelectField
      label="Trainer"
      items={TRAINERS}
      value={trainer}
      className={className}
      disabled={fixed}
      description={fixed ? FIXED : undefined}
      title={
        fixed ? `Trainer: ${FIXED}` : `Trainer: ${TRAINERS.find(({ value }) => value === trainer)?.label}`
      }
      onChange={setTrainer}
    />
  );
}
