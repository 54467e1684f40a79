/** Placeholder of the findings panel until its script has loaded. */
import { usePanelSizes } from "../../ui/panels/panel-sizes.ts";

export function FindingsPlaceholder() {
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
