import { Worker } from 'node:worker_threads';
import type { Database, OpenTransaction } from './sql.ts';

/** What the thread is asked (pglite-thread.mjs), one after the other. */
export type Asked = { readonly number: number } & (
  | { readonly query: string; readonly values: readonly unknown[] }
  | { readonly execute: string }
  | { readonly isLast: true }
);
export type Answered = { readonly number: number } & (
  | { readonly rows: readonly unknown[] }
  | {
      readonly failed: {
        readonly message: string;
        readonly stack?: string | undefined;
        readonly code?: string;
      };
    }
);

/** The database's thread ended, and what it was asked has no answer. */
export class DatabaseEndedError extends Error {}

/**
 * PostgreSQL in a thread of this process, kept in `folder`; in memory without one. One connection, so one transaction at a time.
 *
 * @param onEnded the thread ended and nobody had asked it to; every question fails from now on
 */
export async function openPGlite(folder?: string, onEnded: () => void = () => undefined): Promise<Database> {
  const thread = await startThread(folder, onEnded);
  /** Resolves when no transaction is open any more. */
  let free: Promise<void> = Promise.resolve();

  const query = <Row>(text: string, values: readonly unknown[] = []) =>
    thread.ask({ query: text, values }) as Promise<readonly Row[]>;

  async function transact<Value>(
    run: (sql: OpenTransaction) => Promise<Value>,
    end: () => void,
  ): Promise<Value> {
    let committed: Promise<unknown> | undefined;
    function commit(): Promise<unknown> {
      // Where a query failed, this takes everything back.
      committed = thread.ask({ execute: 'commit' });
      committed.catch(() => undefined);
      // Whatever is asked from here on comes behind the commit.
      end();
      return committed;
    }
    // Nobody waits for the answer to `begin`: what fails there fails in the next question too.
    thread.ask({ execute: 'begin' }).catch(() => undefined);
    try {
      const value = await run({
        query,
        last(text, values) {
          const asked = query<never>(text, values);
          void commit();
          return asked;
        },
      });
      await (committed ?? commit());
      return value;
    } catch (error) {
      // A thread that can't even roll back has ended, which `onEnded` says.
      if (!committed) await thread.ask({ execute: 'rollback' }).catch(() => undefined);
      throw error;
    }
  }

  return {
    query: async (text, values) => {
      await free;
      return query(text, values);
    },
    async transaction(run) {
      const before = free;
      let end = (): void => undefined;
      free = new Promise((resolve) => (end = () => resolve()));
      await before;
      return transact(run, end).finally(end);
    },
    execute: async (text) => {
      await free;
      await thread.ask({ execute: text });
    },
    async close() {
      await free;
      await thread.end();
    },
  };
}

interface Thread {
  ask(
    what: { readonly query: string; readonly values: readonly unknown[] } | { readonly execute: string },
  ): Promise<readonly unknown[]>;
  end(): Promise<void>;
}

interface Waiting {
  readonly resolve: (rows: readonly unknown[]) => void;
  readonly reject: (error: unknown) => void;
}

async function startThread(folder: string | undefined, onEnded: () => void): Promise<Thread> {
  const worker = new Worker(new URL('./pglite-thread.mjs', import.meta.url), { workerData: { folder } });
  const waiting = new Map<number, Waiting>();
  let lastNumber = 0;
  let ended: DatabaseEndedError | undefined;
  let isEnding = false;

  function noteEnd(cause?: unknown): void {
    if (ended) return;
    ended = new DatabaseEndedError('The thread of the database ended.', { cause });
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
    if (!isEnding) onEnded();
  }
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
    worker.once('exit', () => reject(new DatabaseEndedError('The database could not be opened.')));
  });
  worker.on('error', noteEnd);
  worker.on('exit', () => noteEnd());
  // From here on it keeps the process alive only while somebody waits for it.
  worker.unref();
  worker.on('message', (answered: Answered) => {
    const asked = waiting.get(answered.number);
    waiting.delete(answered.number);
    if (waiting.size === 0) worker.unref();
    if ('rows' in answered) asked?.resolve(answered.rows);
    else asked?.reject(Object.assign(new Error(answered.failed.message), answered.failed));
  });

  const ask = (what: object): Promise<readonly unknown[]> =>
    new Promise((resolve, reject) => {
      if (ended) return reject(ended);
      if (waiting.size === 0) worker.ref();
      lastNumber += 1;
      waiting.set(lastNumber, { resolve, reject });
      worker.postMessage({ ...what, number: lastNumber });
    });

  return {
    ask,
    async end() {
      await ask({ isLast: true });
      isEnding = true;
      await worker.terminate();
    },
  };
}
