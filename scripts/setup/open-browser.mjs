import { spawn } from 'node:child_process';
import { hasDisplay } from './display.mjs';

/**
 * The command that opens an address in the user's browser, or nothing where nobody could see it.
 * @param {string} address
 * @param {NodeJS.Platform} platform
 * @param {Record<string, string | undefined>} env
 * @returns {[string, string[]] | undefined}
 */
export function openCommand(address, platform, env) {
  if (!hasDisplay(platform, env)) return undefined;
  if (platform === 'darwin') return ['open', [address]];
  // The empty title: `start` takes its first quoted argument for one.
  if (platform === 'win32') return ['cmd.exe', ['/d', '/s', '/c', 'start', '""', address]];
  return ['xdg-open', [address]];
}

/**
 * Opening is a courtesy: the address has been printed, so a missing opener is no failure.
 * @param {string} address
 */
export function openBrowser(address) {
  const command = openCommand(address, process.platform, process.env);
  if (!command) return;
  const child = spawn(command[0], command[1], {
    stdio: 'ignore',
    detached: true,
    windowsVerbatimArguments: true,
  });
  child.once('error', () => {});
  child.unref();
}
