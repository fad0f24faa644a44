import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openPostgres } from '#server/store/postgres-database.ts';

/** A real PostgreSQL of our own: Debian's packages, a temporary folder, the loopback address, gone afterwards. */
export interface Cluster {
  readonly url: string;
  stop(): Promise<void>;
}

const PACKAGES = '/usr/lib/postgresql';

/** The newest installed version's programs; undefined where the packages are missing. */
export function findPostgres(): string | undefined {
  if (!existsSync(PACKAGES)) return undefined;
  const versions = readdirSync(PACKAGES).sort((a, b) => Number(b) - Number(a));
  return versions
    .map((version) => join(PACKAGES, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
}

/** PostgreSQL refuses to run as root; its packages make a user for it. */
function userForPostgres(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export async function startCluster(
  bin: string,
  /** A test has nothing to lose and doesn't wait for the disk; a measurement does. */
  { isSafe = false, tries = 3 }: { readonly isSafe?: boolean; readonly tries?: number } = {},
): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'tenpunch-postgres-'));
  const user = userForPostgres();
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const options = { ...user, cwd: folder, stdio: 'ignore' as const };
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'tenpunch', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    options,
  );
  const port = await freePort();
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-k', folder, '-h', '127.0.0.1', '-p', String(port), ...(isSafe ? [] : ['-F'])],
    options,
  );
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const stop = async () => {
    // "Fast": open connections are ended.
    server.kill('SIGINT');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `postgres://tenpunch@127.0.0.1:${port}/postgres`;
  for (let waits = 0; ; waits += 1) {
    try {
      await (await openPostgres(url)).close();
      return { url, stop };
    } catch (error) {
      if (server.exitCode !== null || waits === 100) {
        await stop();
        // Between our look and its start somebody else may have taken the port.
        if (tries > 1) return startCluster(bin, { isSafe, tries: tries - 1 });
        throw error;
      }
      await wait(100);
    }
  }
}
