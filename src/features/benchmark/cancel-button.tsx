/** Button that cancels a measurement. */
import { useLayoutEffect, useRef } from "react";

interface Props {
  readonly label: string;
  readonly onClick: () => void;
}

/**
 * It goes with the measurement, whatever ends it, and its focus then goes to the strip's name or the panel.
 */
export function CancelButton({ label, onClick }: Props) {
  const ref = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const button = ref.current;
    return () => {
      if (!button || button !== document.activeElement) return;
      const panel = button.closest<HTMLElement>(".timing");
      (panel?.querySelector<HTMLElement>(".timing-strip-title") ?? panel)?.focus({ preventScroll: true });
    };
  }, []);
  return (
    <button type="button" className="button" ref={ref} aria-label={label} onClick={onClick}>
      Cancel
    </button>
  );
}
