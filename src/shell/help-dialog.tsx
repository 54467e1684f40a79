/** Dialog with all keyboard and mouse shortcuts. */
import { Dialog } from "@base-ui/react/dialog";
import { ArrowDown } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { focusAfterDialog } from "../ui/controls/use-focus-handoff.ts";
import { shortcutList } from "./lazy-views.tsx";

interface Props {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function HelpDialog({ open, onOpenChange }: Props) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog help" finalFocus={focusAfterDialog}>
          <Dialog.Title>Keyboard and mouse shortcuts, and signs</Dialog.Title>
          <Shortcuts />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Of its height, what a click on *More below* scrolls, so that a line or two stay. */
const PAGE_SHARE = 0.85;

function Shortcuts() {
  const scroller = useRef<HTMLElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [goesOn, setGoesOn] = useState(false);
  const look = () => {
    const element = scroller.current;
    if (element) setGoesOn(element.scrollHeight - element.scrollTop - element.clientHeight > 4);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: `look` reads the elements as they are.
  useEffect(() => {
    const observer = new ResizeObserver(look);
    for (const { current } of [scroller, list]) if (current) observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return (
    <>
      <section
        ref={scroller}
        className="help-scroller"
        aria-label="All shortcuts"
        data-more={goesOn || undefined}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys scroll it in a low browser window
        tabIndex={0}
        onScroll={look}
      >
        <div ref={list} className="help-groups">
          <shortcutList.View />
        </div>
      </section>
      <div className="help-foot">
        {goesOn ? (
          <button
            type="button"
            className="link help-below"
            onClick={() => {
              const element = scroller.current;
              element?.scrollBy({ top: element.clientHeight * PAGE_SHARE });
              element?.focus({ preventScroll: true });
            }}
          >
            More below
            <ArrowDown size={13} aria-hidden />
          </button>
        ) : null}
        <Dialog.Close className="button">Close</Dialog.Close>
      </div>
    </>
  );
}
