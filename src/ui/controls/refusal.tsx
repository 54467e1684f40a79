/** Why the text of a field is refused: beside the field, over the page, so that it moves nothing. */
import { type RefObject, useLayoutEffect, useState } from "react";
import { createPortal } from "react-dom";
import "./refusal.css";

interface RefusalProps {
  readonly id: string;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly sentence: string;
}

const MAX_WIDTH_PX = 360;
const GAP_PX = 5;

/** Beside the field, on the side with more room; outside the strips of the page, which would cut it off. */
export function Refusal({ id, field, sentence }: RefusalProps) {
  const [place, setPlace] = useState<Readonly<Record<string, number>> | null>(null);
  useLayoutEffect(() => {
    const box = field.current?.getBoundingClientRect();
    if (!box) return;
    const left = Math.max(GAP_PX, Math.min(box.left, innerWidth - MAX_WIDTH_PX - GAP_PX));
    const isLow = box.top > innerHeight / 2;
    setPlace({
      left,
      ...(isLow ? { bottom: innerHeight - box.top + GAP_PX } : { top: box.bottom + GAP_PX }),
    });
  }, [field]);
  return createPortal(
    <p
      id={id}
      className="field-refusal"
      role="alert"
      style={{ maxWidth: MAX_WIDTH_PX, visibility: place ? undefined : "hidden", ...place }}
    >
      {sentence}
    </p>,
    document.body,
  );
}
