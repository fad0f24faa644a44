import { existsSync } from 'node:fs';
import type { Erasure } from '#server/store/event-store.ts';
import { cutTorn, DamagedLogError, logLine, openLog, readLog } from './operation-log.ts';
import { writeWhole } from './whole-file.ts';

/**
 * Who was erased, in a small file beside the log and in no backup: whatever is restored is held against it before anybody can
 * read it. A line for each wait for the disk, as in the log.
 */

const NAME = 'erased';

export interface ErasedList {
  readonly all: readonly Erasure[];
  /** Resolves when the disk has them. Who is on it already is not written again. */
  add(erased: readonly Erasure[]): Promise<void>;
  close(): Promise<void>;
}

export class DamagedListError extends Error {
  constructor(path: string) {
    super(
      `${path} is damaged or no list of erased members. An endpoint’s own is made again from its log once it is moved away.`,
    );
  }
}

/** Empty where there is no such file. @throws DamagedListError */
export async function readErased(path: string): Promise<readonly Erasure[]> {
  const erased: Erasure[] = [];
  if (!existsSync(path)) return erased;
  let count = 0;
  try {
    for await (const [name, request] of readLog(path)) {
      count += 1;
      if (name === NAME) erased.push(request as Erasure);
      else throw new DamagedListError(path);
    }
  } catch (error) {
    throw error instanceof DamagedLogError ? new DamagedListError(path) : error;
  }
  return erased;
}

export async function writeErased(path: string, erased: readonly Erasure[]): Promise<void> {
  await writeWhole(path, erased.map((one) => logLine([[NAME, one]])).join(''));
}

export async function openErasedList(path: string, onBroken: () => void): Promise<ErasedList> {
  const all = [...(await readErased(path))];
  if (existsSync(path)) for await (const _ of readLog(path, cutTorn(path)));
  const known = new Set(all.map(keyOf));
  const log = await openLog({ path, operations: all.length, onBroken });
  return {
    all,
    async add(erased) {
      const fresh = erased.filter((one) => !known.has(keyOf(one)));
      await Promise.all(fresh.map((one) => log.append([NAME, one])));
      for (const one of fresh) known.add(keyOf(one));
    },
    close: () => log.close(),
  };
}

export const keyOf = ({ shop, member }: Erasure): string => `${shop} ${member}`;
