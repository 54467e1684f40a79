/** Toolbar of the survival view: search, filter, sorting and stepping. */
import { ChevronDown, ChevronsDownUp, ChevronsUpDown, ChevronUp } from "lucide-react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { expandRegions, setSurvivalList } from "../../state/actions/survival-actions.ts";
import { selectRegionRows } from "../../state/regions/region-rows.ts";
import { useStore } from "../../state/store.ts";
import { IconButton } from "../../ui/controls/icon-button.tsx";
import { SearchField } from "../../ui/controls/search-field.tsx";
import { Segmented } from "../../ui/controls/segmented.tsx";
import { keyOf } from "../../ui/keys.ts";
import { SurvivalParts } from "../view-controls/survival-parts.tsx";
import { RegionsToolbar } from "../view-controls/view-toolbar.tsx";

const SHOWN = [
  { value: "all", name: "All regions and components", face: "All" },
  {
    value: "gone",
    name: "Only what is gone in part or whole at a scale used in the loss",
    face: "Gone in part",
  },
] as const;

const SORTS = [
  { value: "order", name: "Sort by file order", face: "File order" },
  { value: "size", name: "Sort by size", face: "Size" },
  { value: "gone", name: "Sort by most often gone", face: "Most often gone" },
] as const;

export function SurvivalToolbar() {
  const commands = useCommands();
  const list = useStore((s) => s.survivalList);
  const expand = (open: boolean) =>
    expandRegions(
      selectRegionRows(useStore.getState()).map(({ name }) => name),
      open,
    );
  return (
    <RegionsToolbar label="Survival view">
      <SurvivalParts />
      <SearchField
        className="survival-search"
        label="Search regions of the survival table"
        value={list.search}
        onChange={(search) => setSurvivalList({ search })}
      />
      <Segmented
        label="Shown in the survival table"
        options={SHOWN}
        value={list.onlyGone ? "gone" : "all"}
        onChange={(value) => setSurvivalList({ onlyGone: value === "gone" })}
      />
      <span className="toolbar-label">Sort by</span>
      <Segmented
        label="Order of the survival table"
        options={SORTS}
        value={list.sort}
        onChange={(sort) => setSurvivalList({ sort })}
      />
      <IconButton icon={ChevronsUpDown} label="Expand all regions" onClick={() => expand(true)} />
      <IconButton icon={ChevronsDownUp} label="Collapse all regions" onClick={() => expand(false)} />
      <span className="stretch" />
      <IconButton
        icon={ChevronUp}
        label={`Previous component with no voxel at a scale (${keyOf("vanishing-before")})`}
        onClick={() => commands.stepVanishing(-1)}
      />
      <IconButton
        icon={ChevronDown}
        label={`Next component with no voxel at a scale (${keyOf("vanishing-next")})`}
        onClick={() => commands.stepVanishing(1)}
      />
    </RegionsToolbar>
  );
}
