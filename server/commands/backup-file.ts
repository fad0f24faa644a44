import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { createGunzip, createGzip } from 'node:zlib';
import type { ArchivableStore, RowsPart } from '#server/store/event-store.ts';

/**
 * A backup: gzipped JSON lines. First what it is, then rows table by table, then how many lines there were and their checksum,
 * so that half a backup is never taken for a whole one. Made and read without the whole of it in memory.
 */

const FORMAT = 'tenpunch-backup-1';

export class BackupFileError extends Error {}

/** The file appears under its name when it is whole. @returns how many rows it has */
export async function writeBackup(store: ArchivableStore, path: string): Promise<number> {
  const draft = `${path}.draft`;
  // Anew, never through a link or into a file that somebody else put there and may read.
  await rm(draft, { force: true });
  const file = await open(draft, 'wx', 0o600);
  try {
    const gzip = createGzip();
    const written = (async () => {
      for await (const chunk of gzip as AsyncIterable<Buffer>) await file.writeFile(chunk);
    })();
    const hash = createHash('sha256');
    let rows = 0;
    const writeLine = async (value: unknown) => {
      const line = `${JSON.stringify(value)}\n`;
      hash.update(line);
      if (!gzip.write(line)) await new Promise((resolve) => gzip.once('drain', resolve));
    };
    await writeLine({ format: FORMAT });
    await store.dump(async (part) => {
      rows += part.rows.length;
      await writeLine(part);
    });
    gzip.end(`${JSON.stringify({ end: rows, sha256: hash.digest('hex') })}\n`);
    await written;
    await file.sync();
    await file.close();
    await rename(draft, path);
    return rows;
  } catch (error) {
    await file.close();
    await rm(draft, { force: true });
    throw error;
  }
}

/** @throws BackupFileError at the end at the latest, when it was not whole */
export async function* readBackup(path: string): AsyncGenerator<RowsPart> {
  const hash = createHash('sha256');
  let rows = 0;
  let isFirst = true;
  let isEnded = false;
  for await (const line of linesOf(path)) {
    const value = parse(path, line);
    if (isFirst) {
      if (value.format !== FORMAT) throw new BackupFileError(`${path} is no backup of an endpoint.`);
    } else if (value.end !== undefined) {
      if (value.end !== rows || value.sha256 !== hash.digest('hex')) throw damaged(path);
      isEnded = true;
      continue;
    } else if (isEnded || !value.table || !value.rows) {
      throw damaged(path);
    } else {
      rows += value.rows.length;
      yield { table: value.table, rows: value.rows };
    }
    isFirst = false;
    hash.update(`${line}\n`);
  }
  if (!isEnded) throw damaged(path);
}

interface BackupLine extends Partial<RowsPart> {
  readonly format?: string;
  readonly end?: number;
  readonly sha256?: string;
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const gunzip = createGunzip();
  file.once('error', (error) => gunzip.destroy(error));
  try {
    yield* createInterface({ input: file.pipe(gunzip), crlfDelay: Infinity });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new BackupFileError(`There is no file ${path}.`, { cause: error });
    throw damaged(path);
  } finally {
    file.destroy();
  }
}

function parse(path: string, line: string): BackupLine {
  try {
    return JSON.parse(line) as BackupLine;
  } catch {
    throw damaged(path);
  }
}

const damaged = (path: string) =>
  new BackupFileError(`${path} is damaged or not whole. Nothing was restored.`);
