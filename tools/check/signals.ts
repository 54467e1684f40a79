/** Ends a process by the signal that it received, after what has to be done first. */
import { constants } from "node:os";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** Longer than ending the workers takes; a process that is told to end must not stay. */
const MOST_MS = 8000;

/**
 * Runs the body. At a signal, aborts it, waits until it has ended, and lets the signal end the process as if
 * it had not been handled, so that a shell or a scheduler sees the signal.
 *
 * @param body gets what is aborted at a signal, and a function that takes what must be done, at once, if it
 * does not end in time
 */
export async function endedBySignal(
  body: (signal: AbortSignal, atEnd: (act: () => void) => void) => Promise<number>,
): Promise<number> {
  const stop = new AbortController();
  let received: NodeJS.Signals | null = null;
  let atEnd = () => {};
  const remove = () => {
    for (const name of SIGNALS) process.off(name, receive);
  };
  const end = () => {
    if (received === null) return;
    atEnd();
    remove();
    process.kill(process.pid, received);
    // Another handler in this process may have taken the signal.
    setTimeout(() => process.exit(128 + (received ? constants.signals[received] : 0)), 500);
  };
  const receive = (name: NodeJS.Signals) => {
    if (received !== null) return;
    received = name;
    setTimeout(end, MOST_MS).unref();
    stop.abort(new Error(`Ended by ${name}.`));
  };
  for (const name of SIGNALS) process.on(name, receive);
  try {
    return await body(stop.signal, (act) => {
      atEnd = act;
    });
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    return 0;
  } finally {
    if (stop.signal.aborted) {
      end();
      await new Promise<never>(() => {});
    } else remove();
  }
}
