// PostgreSQL (PGlite) in a thread of its own: it computes without a pause, and requests are read meanwhile. Not TypeScript,
// because Node starts this file as it is, here and beside the built endpoint. Its other end is pglite-database.ts.

import { parentPort, workerData } from 'node:worker_threads';
import { PGlite, types } from '@electric-sql/pglite';

/** @typedef {import('./pglite-database.ts').Asked} Asked */
/** @typedef {import('./pglite-database.ts').Answered} Answered */

const { folder } = /** @type {{ folder?: string }} */ (workerData);
const database = new PGlite(folder);
await database.waitReady;
// Nobody keeps statistics here, and without any the planner takes a page of a hundred thousand for a handful and sorts it.
await database.exec('set enable_bitmapscan = off');

const encoder = new TextEncoder();
/** A text goes as bytes: PGlite would count them letter by letter, and a column of a batch is a quarter of a million of them. */
const options = {
  serializers: {
    [types.TEXT]: (/** @type {unknown} */ value) =>
      typeof value === 'string' ? encoder.encode(value) : database.serializers[types.TEXT]?.(value),
  },
};

/** @param {Asked} asked */
async function run(asked) {
  if ('query' in asked) return (await database.query(asked.query, [...asked.values], options)).rows;
  if ('execute' in asked) await database.exec(asked.execute);
  else await database.close();
  return [];
}

/**
 * An error loses what makes it one of the database's own on its way to another thread.
 * @param {number} number
 * @param {unknown} error
 * @returns {Answered}
 */
function failed(number, error) {
  const { message, stack, code } = /** @type {Error & { code?: unknown }} */ (error);
  return { number, failed: { message, stack, ...(typeof code === 'string' ? { code } : {}) } };
}

/** @type {Promise<void>} */
let turn = Promise.resolve();
parentPort?.on('message', (/** @type {Asked} */ asked) => {
  turn = turn.then(async () => {
    const answered = await run(asked).then(
      (rows) => ({ number: asked.number, rows }),
      (/** @type {unknown} */ error) => failed(asked.number, error),
    );
    parentPort?.postMessage(answered);
  });
});
parentPort?.postMessage({ number: 0, rows: [] });
