// The one place that starts child processes: whatever ends us ends them too, so nothing keeps a port or a profile open.

import { spawn } from 'node:child_process';
import { ROOT } from './project.mjs';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
let listening = false;

function endChildrenWithUs() {
  if (listening) return;
  listening = true;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.on(signal, () => {
      for (const child of running) child.kill(signal);
      // A start that is still setting up has nobody else to end it.
      if (process.listenerCount(signal) === 1) process.exit(signal === 'SIGINT' ? 130 : 143);
    });
  }
}

/**
 * @typedef {object} Ended
 * @property {number} code the exit code; 127 where it could not start, 124 where it ran out of time
 * @property {string} output what it printed, standard output and errors in order of arrival; empty with `show`
 * @property {number} durationMs
 */

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string | undefined>, timeLimitMs?: number, show?: boolean, cwd?: string }} [options]
 * @returns {Promise<Ended>}
 */
export function run(command, args, { env = {}, timeLimitMs, show = false, cwd = ROOT } = {}) {
  endChildrenWithUs();
  const startedAt = performance.now();
  return new Promise((resolve) => {
    let output = '';
    let isOutOfTime = false;
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
      windowsHide: true,
    });
    running.add(child);
    const timer = timeLimitMs && setTimeout(() => ((isOutOfTime = true), child.kill('SIGKILL')), timeLimitMs);
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    /** @param {number} code */
    const end = (code) => {
      clearTimeout(timer || undefined);
      running.delete(child);
      resolve({ code, output, durationMs: performance.now() - startedAt });
    };
    child.once('error', (error) => {
      output += error.message;
      end(127);
    });
    child.once('close', (code) => end(isOutOfTime ? 124 : (code ?? 1)));
  });
}

/**
 * @param {string} script
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export const runNode = (script, args, options) => run(process.execPath, [script, ...args], options);
