import { open, rm, type FileHandle } from 'node:fs/promises';
import type { RowsPart } from '#server/store/event-store.ts';
import { logLine, type LogSize, type Operation } from './operation-log.ts';

/**
 * A log that begins with rows instead of the writes that made them: a backup that was restored, or a checkpoint.
 *
 *   begin · load · rows … · loaded · the writes since then
 */

const FORMAT = 1;

export const beginning = (epoch: string): Operation => ['begin', { format: FORMAT, epoch }];

/** @returns the epoch; undefined for what is no beginning of a log of this format */
export function readBeginning([name, request]: Operation): string | undefined {
  const { format, epoch } = (request ?? {}) as { readonly format?: number; readonly epoch?: unknown };
  return name === 'begin' && format === FORMAT && typeof epoch === 'string' ? epoch : undefined;
}

/** Writes `path` anew, on the disk when it returns; nothing is left of it after an error. @returns how large it is */
export async function writeBaseLog(
  path: string,
  request: {
    readonly epoch: string;
    readonly dump: (write: (part: RowsPart) => Promise<void>) => Promise<void>;
    /** Done behind the rows. */
    readonly writes?: readonly Operation[];
  },
): Promise<LogSize> {
  const file = await open(path, 'w', 0o600);
  try {
    const size = await writeAll(file, request);
    await file.sync();
    await file.close();
    return size;
  } catch (error) {
    await file.close();
    await rm(path, { force: true });
    throw error;
  }
}

async function writeAll(
  file: FileHandle,
  { epoch, dump, writes = [] }: Parameters<typeof writeBaseLog>[1],
): Promise<LogSize> {
  let bytes = 0;
  let operations = 0;
  const write = async (operation: Operation) => {
    const line = Buffer.from(logLine([operation]));
    await file.appendFile(line);
    bytes += line.length;
    operations += 1;
  };
  await write(beginning(epoch));
  await write(['load', { epoch }]);
  let parts = 0;
  await dump(async (part) => {
    parts += 1;
    await write(['rows', part]);
  });
  await write(['loaded', { parts }]);
  const baseBytes = bytes;
  for (const operation of writes) await write(operation);
  return { bytes, operations, baseBytes };
}

/** The rows of a `load`, up to the `loaded` that ends them. `taken` counts what was read. */
export async function* takeRows(
  operations: AsyncGenerator<Operation>,
  taken: { count: number },
): AsyncGenerator<RowsPart> {
  let parts = 0;
  for (;;) {
    const next = await operations.next();
    if (next.done) throw new Error('The log ends inside its rows.');
    taken.count += 1;
    const [name, request] = next.value;
    if (name === 'loaded' && (request as { readonly parts: number }).parts === parts) return;
    if (name !== 'rows') throw new Error('The rows in the log are not whole.');
    parts += 1;
    yield request as RowsPart;
  }
}
