import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder with package.json. Every script works from here, wherever it was called from. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** @param {...string} parts */
export const inProject = (...parts) => join(ROOT, ...parts);

/** @param {string} path */
export const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** @returns {string} */
export const appVersion = () => readJson(inProject('package.json')).version;

/**
 * The JavaScript file behind a tool's command, to be run by this same Node: no shell, no PATH, the same on Windows.
 * @param {string} packageName
 * @param {string} [command]
 */
export function toolPath(packageName, command = packageName) {
  const folder = inProject('node_modules', packageName);
  const { bin } = readJson(join(folder, 'package.json'));
  const path = join(folder, typeof bin === 'string' ? bin : bin[command]);
  if (!existsSync(path)) throw new Error(`${packageName} has no command ${command}`);
  return path;
}
