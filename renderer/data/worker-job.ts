import { err, type Result } from '#shared/lib/result.ts';

/** A worker that does one job and is gone: what it says to its page, and the page's side of it (its own: serve-job.ts). */

export type FromJob<Progress, Answer> =
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'answer'; readonly result: Answer };

export interface RunningJob<Answer> {
  readonly answer: Promise<Answer>;
  /** Ends the worker, whatever it is doing; the answer is then this one. */
  readonly end: (answer: Answer) => void;
}

/**
 * @param message what the worker waits for, to begin.
 * @param report takes what this worker says of its progress.
 */
export function startJob<Value, Failure>(
  worker: Worker,
  message: unknown,
  report: (progress: never) => void,
): RunningJob<Result<Value, Failure | { readonly code: 'broken' }>> {
  type Answer = Result<Value, Failure | { readonly code: 'broken' }>;
  let resolveAnswer: (answer: Answer) => void = () => undefined;
  const answer = new Promise<Answer>((resolve) => {
    resolveAnswer = resolve;
  });
  const end = (result: Answer) => {
    worker.terminate();
    resolveAnswer(result);
  };
  worker.addEventListener('message', ({ data }: MessageEvent<FromJob<never, Answer>>) => {
    if (data.type === 'answer') end(data.result);
    else report(data.progress);
  });
  // The worker itself did not start, or broke outside of its job.
  worker.addEventListener('error', () => end(err({ code: 'broken' })));
  worker.postMessage(message);
  return { answer, end };
}
