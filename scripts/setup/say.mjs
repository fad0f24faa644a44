// What the person at the terminal reads: one line for each step, plain words, and no stack trace for what we expected.

/** An expected failure: its message is all the user sees. */
export class Stop extends Error {
  /**
   * @param {string} message
   * @param {number} [exitCode]
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** @param {string} line */
export const say = (line) => void process.stdout.write(`${line}\n`);

/** @param {number} milliseconds */
export function inSeconds(milliseconds) {
  return milliseconds < 9_950
    ? `${(milliseconds / 1000).toFixed(1)} s`
    : `${Math.round(milliseconds / 1000)} s`;
}

/**
 * Says what is going on before it starts, so that a long wait is never a silent one, and how long it took.
 * @template T
 * @param {string} text
 * @param {() => Promise<T>} work
 */
export async function step(text, work) {
  say(`${text} …`);
  const startedAt = performance.now();
  const result = await work();
  say(`  done in ${inSeconds(performance.now() - startedAt)}`);
  return result;
}

/**
 * Runs a command's main function and turns its outcome into an exit code.
 * @param {() => Promise<number | void>} main
 */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? process.exitCode ?? 0;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}
