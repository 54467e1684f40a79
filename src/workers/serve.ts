/** The worker's side of `WorkerClient`: answers requests and sends failures back. */
import { failureOf, type Reply } from "./reply.ts";

interface ServeOptions<Request, Result> {
  /** Buffers of a result that are handed over rather than copied. */
  buffersOf?(result: Result): Transferable[];
  /** Turns a message into a request; null if it needs no answer. By default every message is a request. */
  receive?(message: unknown): Request | null;
}

/** Answers every message of the page. Requests are not queued: the page sends one at a time. */
export function serve<Request, Result, News = never>(
  answer: (request: Request, report: (news: News) => void) => Result | Promise<Result>,
  { buffersOf = () => [], receive = (message) => message as Request }: ServeOptions<Request, Result> = {},
): void {
  const send = (reply: Reply<Result, News>, transfer: Transferable[] = []) =>
    self.postMessage(reply, { transfer });
  const work = async (request: Request) => {
    try {
      const result = await answer(request, (news) => send({ kind: "news", news }));
      send({ kind: "result", result }, buffersOf(result));
    } catch (error) {
      send({ kind: "failed", failure: failureOf(error) });
    }
  };
  self.onmessage = ({ data }: MessageEvent<unknown>) => {
    const request = receive(data);
    // Rejects only if the page cannot be reached.
    if (request !== null) work(request).catch(() => undefined);
  };
}
