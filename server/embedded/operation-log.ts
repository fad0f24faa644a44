import { hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, truncate, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './sync-folder.ts';

/**
 * What was written to the embedded store, in order, on the disk before anybody is told. One line for each time the disk was
 * waited for: `<checksum> [operation, …]`. The next line is begun only when the disk has this one, so only the last line of a
 * file can be torn, and a torn line was never answered.
 */

export type Operation = readonly [name: string, request: unknown];

export interface OperationLog {
  /**
   * Resolves when the disk has it.
   *
   * @param text the operation as JSON text, where the caller has written it already
   * @returns its number, counted from 1
   */
  append(operation: Operation, text?: string): Promise<number>;
  readonly size: () => LogSize;
  close(): Promise<void>;
}

export interface LogSize {
  readonly bytes: number;
  readonly operations: number;
  /** Of these, the rows it begins with: what no checkpoint would make smaller. */
  readonly baseBytes: number;
}

/** Together in one line, so that many tills wait for the disk once. */
const MAX_LINE_OPERATIONS = 64;
const CHECKSUM_LENGTH = 16;
const LINE_BREAK = 10;

export class DamagedLogError extends Error {
  constructor(path: string, byte: number) {
    super(
      `${path} is damaged at byte ${byte}, and more follows: the disk lost what it had promised to keep. ` +
        'Restore a backup; the tills bring the rest again.',
    );
  }
}

const checksum = (text: string | Buffer): string => hash('sha256', text).slice(0, CHECKSUM_LENGTH);

export const logLine = (operations: readonly Operation[]): string =>
  lineOf(operations.map((operation) => JSON.stringify(operation)));

function lineOf(operations: readonly string[]): string {
  const text = `[${operations.join(',')}]`;
  return `${checksum(text)} ${text}\n`;
}

/** @returns the text of the operations; undefined for a line that is not as it was written */
function textOf(line: Buffer): string | undefined {
  const text = line.subarray(CHECKSUM_LENGTH + 1);
  const isAsWritten = line.toString('latin1', 0, CHECKSUM_LENGTH + 1) === `${checksum(text)} `;
  return isAsWritten ? text.toString('utf8') : undefined;
}

type OnTorn = (bytesBefore: number) => Promise<void>;

/** Every operation in order; a torn last line is passed over. `place` follows. @throws DamagedLogError */
export async function* readLog(
  path: string,
  onTorn?: OnTorn,
  place = { bytes: 0 },
): AsyncGenerator<Operation> {
  for await (const { text, end } of readTexts(path, onTorn)) {
    place.bytes = end;
    yield* JSON.parse(text) as Operation[];
  }
}

/** The requests of all operations of that name, and where the last whole line ends. Other lines are checked, not parsed. */
export async function findOperations(
  path: string,
  name: string,
  onTorn: OnTorn,
): Promise<{ readonly bytes: number; readonly found: readonly unknown[] }> {
  const found: unknown[] = [];
  let bytes = 0;
  for await (const { text, end } of readTexts(path, onTorn)) {
    bytes = end;
    if (!text.includes(`["${name}",`)) continue;
    for (const [other, request] of JSON.parse(text) as Operation[]) if (other === name) found.push(request);
  }
  return { bytes, found };
}

async function* readTexts(
  path: string,
  onTorn: OnTorn = async () => undefined,
): AsyncGenerator<{ readonly text: string; readonly end: number }> {
  let bytes = 0;
  let torn: number | undefined;
  for await (const line of splitLines(path)) {
    const text = line.isWhole ? textOf(line.bytes) : undefined;
    if (torn !== undefined) {
      if (text !== undefined) throw new DamagedLogError(path, torn);
    } else if (text === undefined) {
      torn = bytes;
      if (holdsLine(line.bytes)) throw new DamagedLogError(path, torn);
    } else {
      bytes += line.bytes.length + 1;
      yield { text, end: bytes };
    }
  }
  if (torn !== undefined) await onTorn(torn);
}

/** Cuts a torn last line off, so that the next one begins where it should. */
export const cutTorn =
  (path: string) =>
  (bytesBefore: number): Promise<void> =>
    truncate(path, bytesBefore);

/** Where the break between two lines is damaged, the second one is still whole inside the first. */
function holdsLine(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(' [['); at >= 0; at = bytes.indexOf(' [[', at + 1)) {
    const from = at - CHECKSUM_LENGTH;
    if (from > 0 && textOf(bytes.subarray(from)) !== undefined) return true;
  }
  return false;
}

interface Line {
  readonly bytes: Buffer;
  /** Ended by a line break. */
  readonly isWhole: boolean;
}

async function* splitLines(path: string): AsyncGenerator<Line> {
  let parts: Buffer[] = [];
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(LINE_BREAK); at >= 0; at = chunk.indexOf(LINE_BREAK, from)) {
      yield { bytes: Buffer.concat([...parts, chunk.subarray(from, at)]), isWhole: true };
      parts = [];
      from = at + 1;
    }
    if (from < chunk.length) parts.push(chunk.subarray(from));
  }
  if (parts.length > 0) yield { bytes: Buffer.concat(parts), isWhole: false };
}

interface Waiting {
  readonly text: string;
  readonly resolve: (number: number) => void;
  readonly reject: (error: unknown) => void;
}

/** Opens a log for writing. */
export async function openLog({
  path,
  operations,
  baseBytes = 0,
  onBroken,
}: {
  readonly path: string;
  /** How many it holds. */
  readonly operations: number;
  readonly baseBytes?: number;
  /** Nothing can be written any more until the process starts again. */
  readonly onBroken: () => void;
}): Promise<OperationLog> {
  const file = await open(path, 'a', 0o600);
  await syncFolder(dirname(path));
  let size: LogSize = { bytes: (await file.stat()).size, operations, baseBytes };
  const waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;
  let broken: unknown;

  async function writeWaiting(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting.splice(0, MAX_LINE_OPERATIONS);
      try {
        if (broken !== undefined) throw broken;
        const line = Buffer.from(lineOf(group.map(({ text }) => text)));
        await writeOrTakeBack(file, line, size.bytes);
        const first = size.operations + 1;
        size = {
          bytes: size.bytes + line.length,
          operations: size.operations + group.length,
          baseBytes,
        };
        for (const [index, { resolve }] of group.entries()) resolve(first + index);
      } catch (error) {
        if (!(error instanceof TakenBackError) && broken === undefined) {
          broken = error;
          onBroken();
        }
        for (const { reject } of group) reject(error);
      }
    }
    writing = undefined;
  }

  return {
    append: (operation, text = JSON.stringify(operation)) =>
      new Promise((resolve, reject) => {
        waiting.push({ text, resolve, reject });
        writing ??= writeWaiting();
      }),
    size: () => size,
    async close() {
      await writing;
      await file.close();
    },
  };
}

/** Nothing of the line is in the file: the next one may be tried. */
class TakenBackError extends Error {}

async function writeOrTakeBack(file: FileHandle, line: Buffer, bytesBefore: number): Promise<void> {
  try {
    await file.appendFile(line);
  } catch (error) {
    // The disk is full, for example. Half a line in the middle of the file would read as damage.
    await file.truncate(bytesBefore);
    throw new TakenBackError('The log could not be written.', { cause: error });
  }
  // After a failed sync nobody knows what the disk has: no second try, the process has to start again.
  await file.datasync();
}
