/** Content of the dialog with all shortcuts, in groups, including pointer actions, and the key to signs. */
import { Dialog } from "@base-ui/react/dialog";
import { ArrowDown } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { capsOf, KEY_GROUPS } from "../ui/keys.ts";
import { SignList } from "./sign-list.tsx";

function ShortcutGroups() {
  return (
    <>
      {KEY_GROUPS.map((group) => (
        <section key={group.title}>
          <h3>{group.title}</h3>
          <dl>
            {group.entries.map((entry) => (
              <div key={`${capsOf(entry).join()} ${entry.does}`}>
                <dt>
                  {capsOf(entry).map((cap) => (
                    <kbd key={cap}>{cap}</kbd>
                  ))}
                </dt>
                <dd>{entry.does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <SignList />
    </>
  );
}

/** Of its height, what a click on *More below* scrolls, so that a line or two stay. */
const PAGE_SHARE = 0.85;

export function ShortcutList() {
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
          <ShortcutGroups />
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
