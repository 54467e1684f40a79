/** Controls that the toolbars of the grid and of slices share: drag tool, overlays and crosshair. */
import { Contrast, Crosshair, Hand, Scan, SquareDashed } from "lucide-react";
import { setTool, setView } from "../../state/actions/view-actions.ts";
import { useStore } from "../../state/store.ts";
import { IconButton } from "../../ui/controls/icon-button.tsx";
import { Segmented } from "../../ui/controls/segmented.tsx";

const TOOLS = [
  { value: "crosshair", name: "Crosshair tool", face: <Crosshair size={15} aria-hidden /> },
  {
    value: "pan",
    name: "Pan tool (or drag with the middle button or Space)",
    face: <Hand size={15} aria-hidden />,
  },
  {
    value: "window",
    name: "Window and level tool (or drag with the right button or Alt)",
    face: <Contrast size={15} aria-hidden />,
  },
] as const;

const PATCH_TOOL = {
  value: "patch",
  name: "Training patch tool",
  face: <Scan size={15} aria-hidden />,
} as const;

/** Selects what dragging with the primary button does. */
export function ToolSwitch() {
  const tool = useStore((s) => s.tool);
  const patched = useStore((s) => s.patchSettings.on);
  return (
    <Segmented
      label="Tool"
      options={[...TOOLS, { ...PATCH_TOOL, disabled: !patched }]}
      value={tool === "patch" && !patched ? "crosshair" : tool}
      onChange={setTool}
    />
  );
}

/** Controls how regions are drawn over the image. */
export function OverlayControls() {
  const fillOpacity = useStore((s) => s.view.fillOpacity);
  const outline = useStore((s) => s.view.outline);
  const crosshair = useStore((s) => s.view.crosshair);
  return (
    <>
      <label className="slider" title="Fill opacity">
        <span className="toolbar-label">Fill</span>
        <input
          type="range"
          min={0}
          max={1}
          step={0.05}
          aria-label="Fill opacity"
          aria-valuetext={`${Math.round(100 * fillOpacity)} %`}
          value={fillOpacity}
          onChange={(event) => setView({ fillOpacity: Number(event.target.value) })}
        />
      </label>
      <IconButton
        icon={SquareDashed}
        label="Show outlines"
        pressed={outline}
        onClick={() => setView({ outline: !outline })}
      />
      <IconButton
        icon={Crosshair}
        label="Show crosshair"
        pressed={crosshair}
        onClick={() => setView({ crosshair: !crosshair })}
      />
    </>
  );
}
