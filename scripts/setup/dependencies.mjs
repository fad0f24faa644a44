// Are the packages that package-lock.json names in node_modules? If not, `npm ci`, once, without asking.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inProject, readJson } from './project.mjs';
import { run, runNode } from './run.mjs';
import { Stop, step } from './say.mjs';

const STAMP = inProject('node_modules', '.tenpunch-setup');

/** Packages with native parts differ by platform; npm's choices differ by Node's major version. */
const machine = () => `${process.platform} ${process.arch} node ${process.versions.node.split('.')[0]}`;

/**
 * @param {string} lockText
 * @param {Record<string, unknown>} manifest
 */
export function wantedHash(lockText, manifest) {
  const sections = ['dependencies', 'devDependencies', 'optionalDependencies', 'overrides'].map(
    (name) => manifest[name] ?? {},
  );
  return createHash('sha256').update(lockText).update(JSON.stringify(sections)).digest('hex');
}

/**
 * npm writes down what it installed in node_modules/.package-lock.json. Where that agrees with package-lock.json, somebody
 * ran `npm install` by hand and there is nothing to do.
 * @param {{ packages?: Record<string, any> }} lock
 * @param {{ packages?: Record<string, any> }} installed
 */
export function isInstalledAsLocked(lock, installed) {
  const wanted = lock.packages ?? {};
  const present = installed.packages ?? {};
  const isThere = ([path, entry]) =>
    path === '' ||
    entry.optional ||
    entry.devOptional ||
    entry.link ||
    present[path]?.version === entry.version;
  const isWanted = ([path, entry]) => wanted[path]?.version === entry.version;
  return Object.entries(wanted).every(isThere) && Object.entries(present).every(isWanted);
}

function readStamp() {
  try {
    return readJson(STAMP);
  } catch {
    return undefined;
  }
}

/** @param {string} hash */
const writeStamp = (hash) => writeFileSync(STAMP, JSON.stringify({ hash, machine: machine() }));

/** @param {string} hash @param {string} lockText */
function isFresh(hash, lockText) {
  const stamp = readStamp();
  if (stamp && stamp.machine !== machine()) return false;
  if (stamp?.hash === hash) return true;
  const installed = inProject('node_modules', '.package-lock.json');
  if (!existsSync(installed) || !isInstalledAsLocked(JSON.parse(lockText), readJson(installed))) return false;
  writeStamp(hash);
  return true;
}

/** npm as JavaScript where it can be found: running it through a shell is slower and quotes differ on Windows. */
function findNpm() {
  const beside = dirname(process.execPath);
  return [
    process.env.npm_execpath,
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ].find((path) => path && path.endsWith('npm-cli.js') && existsSync(path));
}

/**
 * The lines of npm's output that say what went wrong: not its stack trace, not its error object, not where its log is.
 * @param {string} output
 */
export function usefulLines(output) {
  const lines = output.split('\n').map((line) => line.trimEnd());
  const errors = lines
    .filter((line) => /^npm (error|ERR!)/.test(line))
    .map((line) => line.replace(/^npm (error|ERR!) ?/, ''));
  const noise = /^\s*at |^\s*[{}]|^\s+\w+: .*|complete log of this run|_logs|^$/;
  const useful = errors.filter((line) => !noise.test(line));
  // Where npm could not even start, what it said carries no prefix.
  return [...new Set(errors.length > 0 ? useful : lines.filter(Boolean))].slice(0, 6);
}

/** After this, everything package-lock.json names can be imported. */
export async function ensureDependencies() {
  const lockText = readFileSync(inProject('package-lock.json'), 'utf8');
  const hash = wantedHash(lockText, readJson(inProject('package.json')));
  if (isFresh(hash, lockText)) return;

  const isFirst = !existsSync(inProject('node_modules'));
  const text = isFirst
    ? 'Installing packages (first time only, about a minute)'
    : 'Installing changed packages';
  // Everything we bundle is a dev dependency: a shell with NODE_ENV=production would otherwise install nothing.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund'];
  const npm = findNpm();
  const ended = await step(text, () =>
    npm
      ? runNode(npm, args)
      : process.platform === 'win32'
        ? run('cmd.exe', ['/d', '/s', '/c', 'npm', ...args])
        : run('npm', args),
  );
  if (ended.code !== 0) {
    throw new Stop(
      [
        'The packages could not be installed. npm said:',
        ...usefulLines(ended.output).map((line) => `  ${line}`),
        'This step needs the internet once. Check the connection (and proxy settings), then run the same command again.',
      ].join('\n'),
    );
  }
  writeStamp(hash);
}
