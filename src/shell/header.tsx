/** The page's header: case name, view and plane switches, and the menus. */
import { CircleHelp } from "lucide-react";
import type { SamplingMode } from "../domain/targets/deep-supervision.ts";
import { PathsBadge } from "../features/benchmark/paths-badge.tsx";
import { OpenMenu } from "../features/open/open-menu.tsx";
import { SampleMenu } from "../features/open/sample-menu.tsx";
import { ReportButtons } from "../features/report/report-buttons.tsx";
import { gridSwitch } from "../features/training-grid/lazy.tsx";
import { setConfiguration, setMode } from "../state/actions/case-actions.ts";
import { useStore } from "../state/store.ts";
import { ElidedName } from "../ui/controls/elided-name.tsx";
import { IconButton } from "../ui/controls/icon-button.tsx";
import { SelectField } from "../ui/controls/select-field.tsx";
import { keyOf } from "../ui/keys.ts";
import { historyButtons, shareMenu } from "./lazy-views.tsx";
import { PanelToggle } from "./panel-toggle.tsx";
import { PlaneSwitch } from "./plane-switch.tsx";
import { ThemeMenu } from "./theme-menu.tsx";
import { ViewSwitch } from "./view-switch.tsx";

const MODES: readonly { value: SamplingMode; label: string; hint: string }[] = [
  { value: "nearest-exact", label: "nearest-exact", hint: "nnU-Net 2.5 and later" },
  {
    value: "resize-segmentation",
    label: "resize-segmentation",
    hint: "nnU-Net before 2.5 (the subject of issue 2136)",
  },
];

export function Header({ onHelp }: { readonly onHelp: () => void }) {
  const openCase = useStore((s) => s.openCase);
  const hasDefinition = useStore((s) => s.definition !== null);
  const mode = useStore((s) => s.mode);
  return (
    <header className="header">
      <div className="brand">
        <Logo />
        <h1>Regionscope</h1>
      </div>
      {openCase || hasDefinition ? <PanelToggle side="left" /> : null}
      {openCase ? <historyButtons.View /> : null}
      <CaseName />
      {openCase || hasDefinition ? <ViewSwitch /> : null}
      <div className="header-controls">
        {openCase ? (
          <>
            <gridSwitch.View />
            <PlaneSwitch />
            {/* The field's own name says it to screen readers. */}
            <span className="mode-caption" aria-hidden="true">
              Downsampling
            </span>
            <SelectField label="Downsampling mode" items={MODES} value={mode} onChange={setMode} />
            <ConfigurationSelect />
            <PathsBadge />
            <ReportButtons />
            <shareMenu.View />
          </>
        ) : null}
        <SampleMenu />
        <OpenMenu />
        <ThemeMenu />
        <IconButton icon={CircleHelp} label={`Keyboard shortcuts (${keyOf("help")})`} onClick={onHelp} />
      </div>
    </header>
  );
}

function CaseName() {
  const openCase = useStore((s) => s.openCase);
  const definition = useStore((s) => s.definition);
  if (!openCase) return <p className="case-name">{definition ? <b>{definition.file}</b> : null}</p>;
  const dataset = openCase.datasetName ?? definition?.name ?? null;
  return (
    <p className="case-name" title={dataset ? `${dataset} / ${openCase.name}` : openCase.name}>
      {dataset ? <span>{dataset} / </span> : null}
      <b>
        <ElidedName name={openCase.name} />
      </b>
    </p>
  );
}

function ConfigurationSelect() {
  const plans = useStore((s) => s.plans);
  const configuration = useStore((s) => s.configuration);
  const names = plans?.configurations.map((entry) => ({ value: entry.name, label: entry.name })) ?? [];
  if (names.length < 2) return null;
  return (
    <SelectField
      label="Plans configuration"
      items={names}
      value={configuration}
      onChange={setConfiguration}
    />
  );
}

/** The logo in 18 pixels: overlapping regions over a bit grid. */
function Logo() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true" className="logo">
      <rect x="1.5" y="1.5" width="11" height="11" rx="2" className="logo-back" />
      <rect x="7.5" y="7.5" width="11" height="11" rx="2" className="logo-front" />
    </svg>
  );
}
