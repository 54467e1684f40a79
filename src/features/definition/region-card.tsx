/** Card that edits the selected region: name, colour, place, labels and order value. */
import { ArrowDown, ArrowUp, Download, Trash2 } from "lucide-react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { nameInNoRegion, selectRegionSet } from "../../state/case/case-selectors.ts";
import { selectRegionRows } from "../../state/regions/region-rows.ts";
import { useStatus } from "../../state/status.ts";
import { useStore } from "../../state/store.ts";
import { IconButton } from "../../ui/controls/icon-button.tsx";
import { keyOf } from "../../ui/keys.ts";
import { openSaving } from "../save-nifti/saving-state.ts";
import { moveSelected, removeRegion } from "./actions.ts";
import { AddLabel } from "./add-label.tsx";
import { ColorField } from "./color-field.tsx";
import { type EditedRegion, selectEditedRegion } from "./edit-selectors.ts";
import { useEditor } from "./editor-state.ts";
import { LabelChips } from "./label-chips.tsx";
import { LabelsInNoRegion } from "./labels-in-no-region.tsx";
import { NameField } from "./name-field.tsx";
import { OrderField } from "./order-field.tsx";
import { PickHint, PickToggle } from "./pick-toggle.tsx";

/**
 * Keeps its height with and without a region, so that a click in the list moves no row and a double click
 * stays on one row.
 */
export function RegionCard() {
  const region = useStore(selectEditedRegion);
  const inNoRegion = useStore((s) => s.selectedRegion === nameInNoRegion(s));
  const open = useEditor((s) => s.cardOpen);
  return (
    <section
      className="region-card"
      aria-label={region ? `Region ${region.name}` : inNoRegion ? "Labels in no region" : "Selected region"}
      data-open={open || undefined}
    >
      {open ? (
        inNoRegion ? (
          <LabelsInNoRegion />
        ) : region ? (
          <CardFields region={region} />
        ) : (
          <NoRegion />
        )
      ) : null}
      <EditorMessage region={region} />
    </section>
  );
}

function NoRegion() {
  const none = useStore((s) => selectRegionRows(s).length === 0);
  const areMasks = useStore((s) => selectRegionSet(s)?.fromMasks === true);
  return (
    <p className="card-empty">
      {none ? (
        <>
          There is no region to edit: <kbd>{keyOf("new-region")}</kbd> adds one.
        </>
      ) : (
        <>
          Select a{" "}
          {areMasks ? "mask to change its colour or save it" : "region to edit its name, labels and order"},
          or press <kbd>{keyOf("region-next")}</kbd>.
        </>
      )}
    </p>
  );
}

function CardFields({ region }: { readonly region: EditedRegion }) {
  const row = useStore((s) => selectRegionRows(s).find((one) => one.name === s.selectedRegion) ?? null);
  const last = useStore((s) => selectRegionRows(s).filter((one) => !one.ignore).length - 1);
  const hasVolume = useStore((s) => s.openCase?.source.kind === "labels");
  const commands = useCommands();
  return (
    <>
      <div className="card-line">
        <ColorField name={region.name} hex={row?.hex ?? "#808080"} />
        <NameField key={region.entry?.place} region={region} />
        <IconButton
          icon={ArrowUp}
          label={`Move ${region.name} up`}
          disabled={!region.movable || row?.channel === 0}
          onClick={() => moveSelected(commands, -1)}
        />
        <IconButton
          icon={ArrowDown}
          label={`Move ${region.name} down`}
          disabled={!region.movable || row?.channel === last}
          onClick={() => moveSelected(commands, 1)}
        />
        <IconButton
          icon={Download}
          label={`Save target of ${region.name}…`}
          disabled={!row}
          onClick={() => openSaving(region.name)}
        />
        <IconButton
          icon={Trash2}
          label={`Remove ${region.name}`}
          disabled={region.entry === null}
          // Ignores the second click of a double click, which would remove the next region.
          onClick={({ detail }) => detail <= 1 && removeRegion(commands, region)}
        />
      </div>
      {region.whyNot === "masks" ? null : (
        <>
          <div className="card-line">
            <AddLabel region={region} />
            {hasVolume ? <PickToggle disabled={region.entry === null} /> : null}
            <OrderField region={region} />
          </div>
          <LabelChips key={region.name} region={region} />
        </>
      )}
    </>
  );
}

/** Two lines for the result of the last save or repair, for the picking hint, or for a note on editing. */
function EditorMessage({ region }: { readonly region: EditedRegion | null }) {
  const picking = useEditor((s) => s.picking);
  const status = useStatus((s) => s.status);
  const holds = useStore(
    (s) =>
      status !== null &&
      s.definition === status.definition &&
      s.selectedRegion === status.selectedRegion &&
      !picking,
  );
  const sentence = holds ? status?.sentence : undefined;
  return (
    <div className="editor-message">
      <p className="said" role="status" title={sentence}>
        {sentence}
      </p>
      {holds || !region ? null : picking ? <PickHint region={region} /> : <CardNote region={region} />}
    </div>
  );
}

/** Explains what an edit means where that is not obvious. */
function CardNote({ region }: { readonly region: EditedRegion }) {
  const bare = useStore((s) => s.definition === null);
  const others = useStore((s) => s.selectedMore.size);
  if (region.whyNot === "masks") {
    return <p className="card-note">Opened as a separate mask: it has no labels to edit.</p>;
  }
  if (region.whyNot === "no-entry") {
    return (
      <p className="card-note">
        nnU-Net accepts only whole numbers above 0 as labels, so this value cannot be in dataset.json.
      </p>
    );
  }
  if (!region.hasChannel) {
    return (
      <p className="card-note">Not a channel yet: add a label that no other entry has, or several labels.</p>
    );
  }
  if (others > 0) {
    return (
      <p className="card-note">
        {others + 1} regions are selected; these are the fields of {region.name} alone.
      </p>
    );
  }
  if (bare) {
    return (
      <p className="card-note">
        No dataset.json is open: the first edit creates one from this volume's labels.
      </p>
    );
  }
  return null;
}
