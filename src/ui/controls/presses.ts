/**
 * What may come of a press of the pointer: nothing moves under it before it is released, and the second press
 * of a double click counts only where the first one did.
 */

let isDown = false;
let waiting: (() => void)[] = [];

/** Runs it now, or, while the pointer is pressed, when it is released: before what the click does. */
export function afterPress(act: () => void): void {
  if (isDown) waiting.push(act);
  else act();
}

/** Follows the pointer on the whole page. Returns what ends that. */
export function watchPresses(): () => void {
  const listening = new AbortController();
  const on = { signal: listening.signal, capture: true };
  /** The control that the last single click was for. */
  let first: Element | null = null;
  const release = () => {
    isDown = false;
    const acts = waiting;
    waiting = [];
    for (const act of acts) act();
  };
  const onPress = (event: MouseEvent) => {
    if (event.detail <= 1) first = controlOf(event.target);
    else if (controlOf(event.target) !== first) stop(event);
  };
  const onClick = (event: MouseEvent) => {
    // A key's click, and one that a label passes on, have no count.
    if (event.detail > 1 && controlOf(event.target) !== first) stop(event);
  };
  window.addEventListener(
    "pointerdown",
    () => {
      // One that was released where the page does not hear of it.
      release();
      isDown = true;
    },
    on,
  );
  for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, release, on);
  // Of the window itself: a field that is left has an event of this name too.
  window.addEventListener("blur", ({ target }) => target === window && release(), on);
  window.addEventListener("mousedown", onPress, on);
  window.addEventListener("click", onClick, on);
  window.addEventListener("dblclick", onClick, on);
  return () => listening.abort();
}

function stop(event: MouseEvent): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

const CONTROL =
  "button, a, input, select, textarea, summary, canvas, tr, [role=row], [role=menuitem], [role=menuitemradio], " +
  "[role=menuitemcheckbox], [role=option], [role=gridcell], [role=separator], [role=slider]";

/** What a press at a place is for; the place itself where that is no control. */
function controlOf(target: EventTarget | null): Element | null {
  if (!(target instanceof Element)) return null;
  return target.closest("label")?.control ?? target.closest(CONTROL) ?? target;
}
