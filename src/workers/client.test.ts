/** Tests the page's side of workers against a worker that answers on demand. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { WorkerClient } from "./client.ts";
import { failureOf, NoGpuError, type Reply } from "./reply.ts";

type Request = { readonly kind: "double"; readonly n: number } | { readonly kind: "stop" };
type Results = { readonly double: number };

/** Replaces the browser's Worker; it answers when the test says so. */
class FakeWorker {
  onmessage: ((event: { data: Reply<number, string> }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  terminated = false;
  readonly got: Request[] = [];

  postMessage(request: Request): void {
    this.got.push(request);
  }

  terminate(): void {
    this.terminated = true;
  }

  send(data: Reply<number, string>): void {
    this.onmessage?.({ data });
  }
}

const started: FakeWorker[] = [];
const start = () => {
  const worker = new FakeWorker();
  started.push(worker);
  return worker as unknown as Worker;
};
const last = () => started.at(-1) ?? new FakeWorker();
const kept = () => new WorkerClient<Request, Results, string>({ start, name: "The doubler", isKept: true });
const stoppable = () =>
  new WorkerClient<Request, Results, string>({ start, name: "It", isKept: true, stop: { kind: "stop" } });
const ask = { kind: "double", n: 2 } as const;
const never = new AbortController().signal;

beforeEach(() => {
  started.length = 0;
  vi.useFakeTimers();
});

afterEach(() => vi.useRealTimers());

test("a worker that has answered is reused; a busy one gets no second job", async () => {
  const client = kept();
  client.prepare();
  const news: string[] = [];
  const first = client.ask(ask, never, { onNews: (text) => news.push(text) });
  const second = client.ask(ask, never);
  const [a, b] = started;
  a?.send({ kind: "news", news: "half" });
  a?.send({ kind: "result", result: 4 });
  b?.send({ kind: "result", result: 5 });
  expect([await first, await second, news]).toEqual([4, 5, ["half"]]);
  expect(started.map(({ terminated }) => terminated)).toEqual([false, true]);
  const third = client.ask(ask, never);
  a?.send({ kind: "failed", failure: failureOf(new Error("It cannot.")) });
  await expect(third).rejects.toThrow("It cannot.");
  client.dispose();
  expect(started.map(({ terminated }) => terminated)).toEqual([true, true]);
});

test("a kept worker that breaks before its next job is replaced", async () => {
  const client = kept();
  client.prepare();
  last().onerror?.({ message: "" });
  const first = client.ask(ask, never);
  expect(started).toHaveLength(2);
  last().send({ kind: "result", result: 4 });
  expect(await first).toBe(4);
  last().onerror?.({ message: "out of memory" });
  const second = client.ask(ask, never);
  expect(started).toHaveLength(3);
  last().send({ kind: "result", result: 4 });
  expect(await second).toBe(4);
  expect(started.map(({ terminated }) => terminated)).toEqual([true, true, false]);
});

test("a worker without a GPU or one that breaks is not reused", async () => {
  const client = kept();
  const first = client.ask(ask, never);
  last().send({ kind: "failed", failure: failureOf(new NoGpuError("None.")) });
  await expect(first).rejects.toBeInstanceOf(NoGpuError);
  const second = client.ask(ask, never);
  last().onerror?.({ message: "" });
  await expect(second).rejects.toThrow("The doubler could not start.");
  const third = client.ask(ask, never);
  last().onerror?.({ message: "out of memory" });
  await expect(third).rejects.toThrow("The doubler stopped: out of memory");
  const fourth = client.ask(ask, never, { post: () => Promise.reject(new Error("Not sent.")) });
  await expect(fourth).rejects.toThrow("Not sent.");
  expect(started.map(({ terminated }) => terminated)).toEqual([true, true, true, true]);
});

test("an abort terminates a worker at once, or first asks it to stop and waits", async () => {
  const abort = new AbortController();
  const news: string[] = [];
  const onNews = (text: string) => news.push(text);
  const hard = kept().ask(ask, abort.signal);
  const soft = stoppable();
  const [answers, hangs] = [soft.ask(ask, abort.signal, { onNews }), soft.ask(ask, abort.signal)];
  const all = [hard, answers, hangs].map((job) => expect(job).rejects.toMatchObject({ name: "AbortError" }));
  abort.abort();
  await Promise.all(all);
  const [, b, c] = started;
  b?.send({ kind: "news", news: "more" });
  b?.send({ kind: "result", result: 4 });
  expect([news, b?.got, started.map(({ terminated }) => terminated)]).toEqual([
    [],
    [ask, { kind: "stop" }],
    [true, false, false],
  ]);
  vi.runAllTimers();
  expect([b?.terminated, c?.terminated]).toEqual([false, true]);
  const again = soft.ask(ask, never);
  b?.send({ kind: "result", result: 6 });
  expect([await again, started.length]).toEqual([6, 3]);
  await expect(soft.ask(ask, abort.signal)).rejects.toMatchObject({ name: "AbortError" });
});
