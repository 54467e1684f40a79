/**
 * Guards pointer presses: nothing moves under the pointer before it is released, the second press of a double
 * click counts only on the control of the first, and the middle button pastes only where it is pressed.
 */

let isDown = false;
let waiting: (() => void)[] = [];

/** Runs an action now or, while the pointer is down, on release, before the click takes effect. */
export function afterPress(act: () => void): void {
  if (isDown) waiting.push(act);
  else act();
}

/** Follows the pointer on the whole page. Returns a function that stops it. */
export function watchPresses(): () => void {
  const listening = new AbortController();
  const on = { signal: listening.signal, capture: true };
  /** The control of the last single click. */
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
    // Clicks by keyboard, and clicks that a label forwards, have a count of 0.
    if (event.detail > 1 && controlOf(event.target) !== first) stop(event);
  };
  // On Linux, Chrome pastes the selected text into the focused field wherever the middle button is released.
  const onRelease = (event: MouseEvent) => {
    if (event.button === 1 && event.target !== document.activeElement) event.preventDefault();
  };
  window.addEventListener(
    "pointerdown",
    () => {
      // Ends a press whose release never reached the page.
      release();
      isDown = true;
    },
    on,
  );
  for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, release, on);
  // Only the browser window's own blur: when a field loses the focus, its blur event passes here too.
  window.addEventListener("blur", ({ target }) => target === window && release(), on);
  window.addEventListener("mousedown", onPress, on);
  window.addEventListener("mouseup", onRelease, on);
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

/** Returns the control that a press at this target is for; the target itself if that is not a control. */
function controlOf(target: EventTarget | null): Element | null {
  if (!(target instanceof Element)) return null;
  return target.closest("label")?.control ?? target.closest(CONTROL) ?? target;
}
