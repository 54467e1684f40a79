import { usePanelSizes } from "../../ui/panels/panel-sizes.ts";

/** Keeps the panel's place until its script is here. */
export function FindingsRoom() {
  const height = usePanelSizes((s) => s.findings);
  return (
    <section
      className="panel findings"
      aria-label="Findings"
      aria-busy="true"
      data-sized={height !== null || undefined}
      style={height === null ? {} : { height }}
    />
  );
}
