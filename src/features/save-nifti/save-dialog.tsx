/** Dialog that saves the training grid, or the targets of a scale or region, as NIfTI; Escape cancels. */
import { Dialog } from "@base-ui/react/dialog";
import { Download, X } from "lucide-react";
import { useEffect, useId, useRef } from "react";
import { memo } from "../../base/memo.ts";
import type { AppState } from "../../state/app-state.ts";
import { selectRegionSet } from "../../state/case/case-selectors.ts";
import { selectShownTargets } from "../../state/case/shown-targets.ts";
import { selectStoredCase } from "../../state/case/stored-case.ts";
import { useStore } from "../../state/store.ts";
import { focusAfterDialog } from "../../ui/controls/use-focus-handoff.ts";
import { cancelSaving, closeSaving, save } from "./saving.ts";
import {
  type Choice,
  choiceIn,
  fileNameOf,
  jobOf,
  regionNames,
  trainingGridJob,
  whyNotAllLabels,
  whyNotScale,
} from "./saving-job.ts";
import { choose, useSaving } from "./saving-state.ts";
import { scaleText, targetsText, trainingGridText } from "./text.ts";
import "./save-dialog.css";

export function SaveDialog() {
  const isOpen = useSaving((s) => s.isOpen);
  const source = useStore((s) => selectStoredCase(s)?.source);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another case ends what belongs to this one
  useEffect(() => closeSaving, [source]);
  const checked = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => open || closeSaving()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup
          ref={checked}
          className="dialog save-nifti"
          initialFocus={() => checked.current?.querySelector<HTMLElement>("input:checked") ?? null}
          finalFocus={focusAfterDialog}
        >
          <Dialog.Title>Save as NIfTI</Dialog.Title>
          <Dialog.Description>
            Writes labels as .nii.gz, placed where the network sees them. Any NIfTI viewer can show them over
            the image.
          </Dialog.Description>
          {isOpen ? <Choices /> : null}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Choices() {
  // The sentences depend on many parts of the state, which stands still while the dialog is open.
  const state = useStore();
  const saving = useSaving();
  const group = useId();
  const choice = choiceIn(state, saving);
  const job = jobOf(state, choice);
  const isBusy = saving.progress !== null;
  const gridRefused = trainingGridJob(state).kind === "refused";
  return (
    <>
      <fieldset className="save-kinds" disabled={isBusy}>
        <legend>What to save</legend>
        <label>
          <input
            type="radio"
            name={group}
            disabled={gridRefused}
            checked={choice.kind === "training-grid"}
            onChange={() => choose({ kind: "training-grid" })}
          />
          <span>
            Training grid
            <small>{trainingGridText(state)}</small>
          </span>
        </label>
        <label>
          <input
            type="radio"
            name={group}
            checked={choice.kind === "targets"}
            onChange={() => choose({ kind: "targets" })}
          />
          <span>
            Targets of a scale
            <small>{targetsText(state)}</small>
          </span>
        </label>
        <TargetFields state={state} choice={choice} />
      </fieldset>
      {job.kind === "refused" ? (
        <p role="alert">{job.reason}</p>
      ) : (
        <p className="save-file">
          <b>{fileNameOf(state, job)}</b>
        </p>
      )}
      <News />
      <div className="dialog-answers">
        <button
          type="button"
          className={isBusy ? "button" : "button primary"}
          disabled={job.kind === "refused"}
          // The second click of a double click does not cancel.
          onClick={({ detail }) => detail <= 1 && (isBusy ? cancelSaving() : save(choice))}
        >
          {isBusy ? <X size={14} aria-hidden /> : <Download size={14} aria-hidden />}{" "}
          {isBusy ? "Cancel" : "Save"}
        </button>
        <Dialog.Close className="button">Close</Dialog.Close>
      </div>
    </>
  );
}

const selectScaleTexts = memo(
  (s: AppState) => [selectShownTargets(s)],
  (targets) =>
    targets?.scales.map((placed, scale) => ({
      text: scaleText(placed, scale),
      disabled: whyNotScale(placed) !== null,
    })) ?? [],
);

function TargetFields({ state, choice }: { readonly state: AppState; readonly choice: Choice }) {
  const [scaleId, regionId] = [useId(), useId()];
  const disabled = choice.kind !== "targets";
  const whyNotAll = whyNotAllLabels(state);
  const fromMasks = selectRegionSet(state)?.fromMasks ?? false;
  return (
    <div className="save-targets">
      <label htmlFor={scaleId}>Scale</label>
      <select
        id={scaleId}
        className="field"
        disabled={disabled}
        value={choice.scale}
        onChange={({ target }) => choose({ scale: Number(target.value) })}
      >
        {selectScaleTexts(state).map(({ text, disabled: isOut }, scale) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the index is the scale
          <option key={scale} value={scale} disabled={isOut}>
            {text}
          </option>
        ))}
      </select>
      <label htmlFor={regionId}>{fromMasks ? "Mask" : "Region"}</label>
      <select
        id={regionId}
        className="field"
        disabled={disabled}
        title={whyNotAll ?? undefined}
        // A name cannot stand for "all labels", because a region may have it.
        value={choice.region === null ? "all" : `region ${choice.region}`}
        onChange={({ target: { value } }) =>
          choose({ region: value === "all" ? null : value.replace("region ", "") })
        }
      >
        {whyNotAll ? null : <option value="all">All labels, in one file</option>}
        {regionNames(state).map((name) => (
          <option key={name} value={`region ${name}`}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Progress, and what became of it. */
function News() {
  const { progress, saved, problem } = useSaving();
  const percent = Math.floor((progress?.fraction ?? 0) * 100);
  return (
    <div className="save-news">
      <p role="status">{progress?.step ?? saved}</p>
      {progress ? <progress aria-label={progress.step} max={100} value={percent} /> : null}
      {problem ? <p role="alert">{problem}</p> : null}
    </div>
  );
}
