/** Toolbar for the selected regions: show, hide and go to them. */
import {
  ChevronsDown,
  ChevronsUp,
  Eye,
  EyeOff,
  Focus,
  ListX,
  LocateFixed,
  type LucideIcon,
  Navigation,
  SkipBack,
  SkipForward,
} from "lucide-react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { goToNextSlice, goToRegion } from "../../state/actions/go-to.ts";
import {
  hideOthers,
  hideSelected,
  setGoesToSelected,
  soloSelected,
} from "../../state/actions/region-list-actions.ts";
import { showAll } from "../../state/actions/view-actions.ts";
import { nameInNoRegion } from "../../state/case/case-selectors.ts";
import { selectSelected, soloNames } from "../../state/regions/selected-regions.ts";
import { selectRegionSlices } from "../../state/regions/slice-selectors.ts";
import { useStore } from "../../state/store.ts";
import { IconButton } from "../../ui/controls/icon-button.tsx";
import { keyOf } from "../../ui/keys.ts";
import { CpuNote } from "./cpu-note.tsx";

interface Action {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly run: () => void;
  readonly off: boolean;
  readonly pressed?: boolean;
}

interface Props {
  /** True if rows can be dragged to another place, in file order. */
  readonly movable: boolean;
}

/** The toolbar, and notes between it and the list, for which the first image does not wait. */
export function RegionBar({ movable }: Props) {
  const sorted = useStore((s) => s.regionSort !== "order");
  return (
    <>
      <Toolbar />
      <CpuNote />
      {movable && sorted ? <p className="sort-note">Rows can be reordered only in file order.</p> : null}
    </>
  );
}

function Toolbar() {
  const commands = useCommands();
  const selected = useStore(selectSelected);
  const alone = useStore((s) => sameNames(selectSelected(s), soloNames(s)));
  const everyHidden = useStore((s) => selectSelected(s).every((name) => s.hidden.has(name)));
  const allShown = useStore((s) => s.solo === null && s.hidden.size === 0);
  const hasCase = useStore((s) => s.openCase !== null);
  const located = useStore((s) => selectRegionSlices(s) !== null);
  const [current] = selected;
  const goes = useStore((s) => s.goesToSelected);
  const isRegion = useStore((s) => s.selectedRegion !== nameInNoRegion(s));
  const none = current === undefined;
  const sight: readonly Action[] = [
    {
      icon: Focus,
      label: `Solo: show only the selected regions (${keyOf("solo")})`,
      run: soloSelected,
      off: none,
      pressed: !none && alone,
    },
    {
      icon: EyeOff,
      label: `Hide (${keyOf("hide")})`,
      run: hideSelected,
      off: none,
      pressed: !none && everyHidden,
    },
    { icon: ListX, label: `Hide others (${keyOf("hide-others")})`, run: hideOthers, off: none },
    { icon: Eye, label: `Show all (${keyOf("show-all")})`, run: showAll, off: allShown },
  ];
  const away = none || !hasCase;
  const jumps: readonly Action[] = [
    {
      icon: Navigation,
      label: "Go to each region that is selected",
      run: () => setGoesToSelected(!goes),
      off: false,
      pressed: goes,
    },
    {
      icon: LocateFixed,
      label: `Go to the region's centre (${keyOf("region-centre")})`,
      run: () => current && goToRegion(current),
      off: away,
    },
    {
      icon: SkipBack,
      label: `Previous slice containing the selected regions (${keyOf("region-slice-back")})`,
      run: () => goToNextSlice(-1),
      off: away || !located,
    },
    {
      icon: SkipForward,
      label: `Next slice containing the selected regions (${keyOf("region-slice-on")})`,
      run: () => goToNextSlice(1),
      off: away || !located,
    },
    {
      icon: ChevronsUp,
      label: `Previous component (${keyOf("component-before")})`,
      run: () => commands.stepComponent(-1),
      off: away || !isRegion,
    },
    {
      icon: ChevronsDown,
      label: `Next component (${keyOf("component-next")})`,
      run: () => commands.stepComponent(1),
      off: away || !isRegion,
    },
  ];
  return (
    <div className="region-bar" role="toolbar" aria-label="Selected regions">
      <span className="region-bar-count">{selected.length} selected</span>
      <span className="stretch" />
      {sight.map((action) => (
        <Button key={action.label} {...action} />
      ))}
      <i className="region-bar-gap" aria-hidden="true" />
      {jumps.map((action) => (
        <Button key={action.label} {...action} />
      ))}
    </div>
  );
}

function Button({ icon, label, run, off, pressed }: Action) {
  const state = pressed === undefined ? {} : { pressed };
  return <IconButton icon={icon} label={label} disabled={off} onClick={run} {...state} />;
}

function sameNames(names: readonly string[], others: ReadonlySet<string>): boolean {
  return names.length === others.size && names.every((name) => others.has(name));
}
