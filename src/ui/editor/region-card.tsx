import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { useCommands } from "../../app/commands-context.ts";
import { type EditedRegion, selectEditedRegion } from "../../state/edit-selectors.ts";
import { selectRegionRows } from "../../state/row-selectors.ts";
import { useStore } from "../../state/store.ts";
import { IconButton } from "../controls/icon-button.tsx";
import { moveSelected, removeRegion } from "./actions.ts";
import { AddLabel } from "./add-label.tsx";
import { ColorField } from "./color-field.tsx";
import { useEditor } from "./editor-state.ts";
import { Fold } from "./fold.tsx";
import { LabelChips } from "./label-chips.tsx";
import { NameField } from "./name-field.tsx";
import { OrderField } from "./order-field.tsx";
import { PickHint, PickToggle } from "./pick-toggle.tsx";

/** The selected region, to be edited in place. */
export function RegionCard() {
  const region = useStore(selectEditedRegion);
  const open = useEditor((s) => s.cardOpen);
  const row = useStore((s) => selectRegionRows(s).find((one) => one.name === s.selectedRegion) ?? null);
  const last = useStore((s) => selectRegionRows(s).filter((one) => !one.ignore).length - 1);
  const commands = useCommands();
  if (!region) return null;
  return (
    <section className="region-card" aria-label={`Region ${region.name}`}>
      <div className="card-line">
        <Fold
          open={open}
          label={open ? "Fold the region's card" : "Unfold the region's card"}
          onToggle={() => useEditor.setState({ cardOpen: !open })}
        />
        <ColorField name={region.name} hex={row?.hex ?? "#808080"} />
        {open ? (
          <NameField key={region.entry?.place} region={region} />
        ) : (
          <span className="card-name">{region.name}</span>
        )}
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
          icon={Trash2}
          label={`Remove ${region.name}`}
          disabled={region.entry === null}
          onClick={() => removeRegion(commands, region)}
        />
      </div>
      {open ? <CardBody region={region} /> : null}
    </section>
  );
}

function CardBody({ region }: { readonly region: EditedRegion }) {
  const picking = useEditor((s) => s.picking);
  const hasVolume = useStore((s) => s.openCase?.source.kind === "labels");
  if (region.whyNot === "masks") {
    return (
      <p className="card-note">
        Opened as a mask of its own: there are no labels behind it, and nothing to edit.
      </p>
    );
  }
  return (
    <>
      <LabelChips region={region} />
      <div className="card-line">
        <AddLabel region={region} />
        {hasVolume ? <PickToggle disabled={region.entry === null} /> : null}
        <OrderField region={region} />
      </div>
      {picking ? <PickHint region={region} /> : null}
      <CardNote region={region} />
    </>
  );
}

/** What an edit means here, where it is not plain. */
function CardNote({ region }: { readonly region: EditedRegion }) {
  const bare = useStore((s) => s.definition === null);
  if (region.whyNot === "no-entry") {
    return (
      <p className="card-note">
        nnU-Net takes whole labels above 0 only: this value cannot be in a dataset.json.
      </p>
    );
  }
  if (!region.hasChannel) {
    return (
      <p className="card-note">Not a channel yet: give it labels that no other entry has, or several.</p>
    );
  }
  if (bare) {
    return (
      <p className="card-note">
        No dataset.json is open: the first edit makes one from this volume's labels.
      </p>
    );
  }
  return null;
}
