/** Toolbar of the Resampling part of the Survival view: search, unit and stepping. */
import { ChevronDown, ChevronUp } from "lucide-react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { IconButton } from "../../ui/controls/icon-button.tsx";
import { SearchField } from "../../ui/controls/search-field.tsx";
import { Segmented } from "../../ui/controls/segmented.tsx";
import { keyOf } from "../../ui/keys.ts";
import { SurvivalParts } from "../view-controls/survival-parts.tsx";
import { RegionsToolbar } from "../view-controls/view-toolbar.tsx";
import { useChanges } from "./changes-state.ts";

const UNITS = [
  { value: "voxels", name: "Size in voxels of each grid", face: "voxels" },
  { value: "ml", name: "Size in mL", face: "mL" },
] as const;

export function ChangesToolbar() {
  const commands = useCommands();
  const search = useChanges((s) => s.search);
  const unit = useChanges((s) => s.unit);
  return (
    <RegionsToolbar label="Survival view">
      <SurvivalParts />
      <SearchField
        className="survival-search"
        label="Search regions that resampling changed"
        value={search}
        onChange={(next) => useChanges.setState({ search: next })}
      />
      <Segmented
        label="Size of regions on both grids"
        options={UNITS}
        value={unit}
        onChange={(next) => useChanges.setState({ unit: next })}
      />
      <span className="stretch" />
      <IconButton
        icon={ChevronUp}
        label={`Previous place that resampling changed (${keyOf("change-before")})`}
        onClick={() => commands.stepPlace(-1)}
      />
      <IconButton
        icon={ChevronDown}
        label={`Next place that resampling changed (${keyOf("change-next")})`}
        onClick={() => commands.stepPlace(1)}
      />
    </RegionsToolbar>
  );
}
