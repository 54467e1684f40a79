/** Toolbar of the Compare view: selects what B is, and says by what its labels were matched. */
import { FileDiff, FilePlus2 } from "lucide-react";
import { type ChangeEvent, type ReactNode, useRef } from "react";
import { inBackground } from "../../app/busy.ts";
import { useCommands } from "../../app/commands/commands-context.ts";
import type { CompareKind } from "../../domain/view/view-values.ts";
import { overlayDiff } from "../../state/actions/edit-actions.ts";
import { setFields } from "../../state/actions/fields-actions.ts";
import { selectShownScales } from "../../state/case/shown-patch.ts";
import { useStore } from "../../state/store.ts";
import { scaleName } from "../../state/view/view-names.ts";
import { SelectField } from "../../ui/controls/select-field.tsx";
import { otherMode, selectCompareQuery } from "./compare-selectors.ts";
import { openSecondLabels } from "./second-labels.ts";
import { MODE_NAMES } from "./side-names.ts";

export function AgainstBar() {
  const compareKind = useStore((s) => s.compareKind);
  const compareScale = useStore((s) => s.compareScale);
  const mode = useStore((s) => s.mode);
  const scales = useStore(selectShownScales);
  const hasLabels = useStore((s) => s.openCase?.source.kind === "labels");
  const { readDefinition } = useCommands();

  const kinds: readonly { readonly value: CompareKind; readonly label: string; readonly hint: string }[] = [
    { value: "scale", label: "Another scale", hint: "what downsampling removes or adds" },
    { value: "mode", label: "Other downsampling mode", hint: MODE_NAMES[otherMode(mode)] },
    ...(hasLabels
      ? [
          {
            value: "definition",
            label: "Another dataset.json",
            hint: "compares regions with the same name",
          } as const,
        ]
      : []),
    { value: "file", label: "Another label file", hint: "from another annotator, or a prediction" },
  ];
  const takeDefinition = (files: readonly File[]) => {
    const [file] = files;
    if (!file) return;
    inBackground(async () => {
      const definition = await readDefinition(file);
      if (definition) overlayDiff({ definition, title: file.name });
    });
  };
  const takeLabels = (files: readonly File[]) => {
    inBackground(() => openSecondLabels(files));
  };
  return (
    <div className="compare-bar" role="toolbar" aria-label="Comparison">
      <span>Compare A with</span>
      <SelectField
        label="Compare with"
        items={kinds}
        value={compareKind}
        onChange={(next) => setFields({ compareKind: next })}
      />
      {compareKind === "scale" ? (
        <SelectField
          label="Scale of B"
          items={scales.map(({ shape }, i) => ({
            value: String(i),
            label: scaleName(i),
            hint: shape.join(" × "),
          }))}
          value={String(Math.min(compareScale, Math.max(0, scales.length - 1)))}
          onChange={(value) => setFields({ compareScale: Number(value) })}
        />
      ) : null}
      {compareKind === "definition" ? (
        <FileButton
          label="Choose dataset.json…"
          input="dataset.json for B"
          accept=".json"
          onFiles={takeDefinition}
        >
          <FileDiff size={14} aria-hidden />
        </FileButton>
      ) : null}
      <FileButton label="Load label file B…" input="Label file B" multiple onFiles={takeLabels}>
        <FilePlus2 size={14} aria-hidden />
      </FileButton>
      <MatchedBy />
    </div>
  );
}

const MATCHED = {
  name: [
    "matched by name",
    "What A and B call the same is compared, whatever its value. Values count only for labels that A or B does not name",
  ],
  value: [
    "matched by value",
    "A or B does not name its labels. Open each together with its dataset.json or label table to match by name",
  ],
  order: [
    "matched in order",
    "A and B have no mask of the same name, so the first is compared with the first",
  ],
} as const;

/** Says how labels of two files were matched, on which every number below depends. */
function MatchedBy() {
  const by = useStore((s) => selectCompareQuery(s)?.matchedBy ?? null);
  if (!by) return null;
  const [text, why] = MATCHED[by];
  return (
    <span className="compare-matched" title={why}>
      {text}
      <span className="visually-hidden">. {why}.</span>
    </span>
  );
}

interface FileButtonProps {
  readonly label: string;
  /** Accessible name of the hidden file input. */
  readonly input: string;
  readonly accept?: string;
  readonly multiple?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
  readonly children: ReactNode;
}

function FileButton({ label, input, accept, multiple, onFiles, children }: FileButtonProps) {
  const field = useRef<HTMLInputElement>(null);
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.target.files ?? [])];
    // Reset, so that choosing the same file again fires a change event.
    event.target.value = "";
    onFiles(files);
  };
  return (
    <>
      <input
        ref={field}
        className="visually-hidden"
        type="file"
        accept={accept}
        multiple={multiple ?? false}
        tabIndex={-1}
        aria-label={input}
        onChange={take}
      />
      <button type="button" className="button slim" onClick={() => field.current?.click()}>
        {children} {label}
      </button>
    </>
  );
}
