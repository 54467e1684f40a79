/** The finished label map in its dialog: its facts, the choice of regions if any, and the buttons. */
import { Dialog } from "@base-ui/react/dialog";
import { Download, FolderOpen } from "lucide-react";
import { useId, useLayoutEffect, useRef } from "react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { setLabelMapForm } from "../../state/actions/label-map-actions.ts";
import type { LabelMapDialog, LabelMapForm } from "../../state/slices/label-map-slice.ts";
import { useStore } from "../../state/store.ts";
import { factsOf, formsOf, notesOf, predictionSentence } from "./text.ts";

type Props = Extract<LabelMapDialog, { readonly kind: "made" }>;

export function MadeMap({ map, file, writing }: Props) {
  const commands = useCommands();
  const isBusy = writing !== null;
  const first = useRef<HTMLButtonElement>(null);
  // The button focused before is gone. A layout effect runs before the dialog would take the focus itself.
  useLayoutEffect(() => first.current?.focus(), []);
  return (
    <>
      <dl className="label-map-facts">
        {factsOf(map).map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p role="status">{predictionSentence(map)}</p>
      {notesOf(map).map((note) => (
        <p key={note}>{note}</p>
      ))}
      {map.further ? <Forms options={formsOf(map)} /> : null}
      {isBusy ? (
        <progress aria-label={`Writing ${file}`} max={100} value={Math.floor(writing * 100)} />
      ) : null}
      <div className="dialog-answers">
        <button
          type="button"
          className="button primary"
          ref={first}
          disabled={isBusy}
          onClick={() => commands.saveLabelMap("labels")}
        >
          <Download size={14} aria-hidden /> Save {file}
        </button>
        <button type="button" className="button" onClick={() => commands.saveLabelMap("definition")}>
          <Download size={14} aria-hidden /> Save dataset.json
        </button>
        <button type="button" className="button" disabled={isBusy} onClick={() => commands.openLabelMap()}>
          <FolderOpen size={14} aria-hidden /> Open here
        </button>
        <Dialog.Close className="button">Close</Dialog.Close>
      </div>
    </>
  );
}

interface Option {
  readonly form: LabelMapForm;
  readonly name: string;
  readonly consequence: string;
}

/** Uses native radio buttons for their arrow keys. */
function Forms({ options }: { readonly options: readonly Option[] }) {
  const group = useId();
  const chosen = useStore((s) => s.labelMapForm);
  const choose = setLabelMapForm;
  return (
    <fieldset className="label-map-forms">
      <legend>Regions of dataset.json</legend>
      {options.map(({ form, name, consequence }) => (
        <label key={form}>
          <input type="radio" name={group} checked={chosen === form} onChange={() => choose(form)} />
          <span>
            {name}
            <small>{consequence}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
