import { execFileSync } from 'node:child_process';

/** Which processes a browser consists of, and how to end them the way a power cut or an out-of-memory killer does. */

export type KillKind = 'whole' | 'page' | 'storage';
export const KILL_KINDS: readonly KillKind[] = ['whole', 'page', 'storage'];

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

const WINDOWS_LIST =
  'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.ParentProcessId) $($_.CommandLine)" }';

function listProcesses(): Process[] {
  const options = { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;
  const text =
    process.platform === 'win32'
      ? execFileSync('powershell.exe', ['-NoProfile', '-Command', WINDOWS_LIST], options)
      : execFileSync('ps', ['-axo', 'pid=,ppid=,args='], options);
  return text.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line);
    return match ? [{ pid: Number(match[1]), parent: Number(match[2]), command: match[3] ?? '' }] : [];
  });
}

/** The browser that runs on `profile`, with everything it started. */
function treeOf(profile: string): Process[] {
  const all = listProcesses();
  const tree = all.filter(
    ({ command }) => command.includes(`--user-data-dir=${profile}`) && !command.includes('--type='),
  );
  // Grows while it is read: children of children are found behind their parents.
  for (const { pid } of tree) {
    tree.push(...all.filter((other) => other.parent === pid && !tree.includes(other)));
  }
  return tree;
}

const isOfKind: Readonly<Record<KillKind, (command: string) => boolean>> = {
  whole: () => true,
  page: (command) => command.includes('--type=renderer'),
  storage: (command) => /--utility-sub-type=storage\./.test(command),
};

/** @returns the processes to end, found beforehand: looking takes longer than the moments to be hit. */
export function findVictims(profile: string, kind: KillKind): number[] {
  return treeOf(profile)
    .filter(({ command }) => isOfKind[kind](command))
    .map(({ pid }) => pid);
}

/** The browser's own process first, so that it can't tidy up after its children. */
export function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      // Ended together with its parent.
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
}

/** Waits for the browser's own process: the others end with it, and hold no lock on the profile. */
export async function untilGone([browser]: readonly number[]): Promise<void> {
  if (browser === undefined) return;
  const isAlive = (pid: number) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  while (isAlive(browser)) await new Promise((resolve) => void setTimeout(resolve, 5));
}
