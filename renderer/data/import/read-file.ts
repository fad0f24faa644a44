import {
  findFileProblem,
  guessFormat,
  legacyEncodingOf,
  SAMPLE_BYTES,
  sampleRows,
  unicodeEncodingOf,
  type Encoding,
  type FileFormat,
  type FileProblem,
} from '#shared/domain/import/file-format.ts';
import { createCsvReader, type CsvRow } from '#shared/domain/import/csv-reader.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';

/** Reads a chosen file in pieces: a file of any size costs the same memory. */

/** The file was moved, changed or taken away (a memory stick) while it was read. */
export class FileGoneError extends Error {
  override readonly name = 'FileGoneError';
}

/** Larger pieces than a stream's own would only wait longer for a cancel. */
const PIECE_BYTES = 256 * 1024;

async function* piecesOf(file: Blob): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < file.size; start += PIECE_BYTES) {
    try {
      yield new Uint8Array(await file.slice(start, start + PIECE_BYTES).arrayBuffer());
    } catch (error) {
      throw new FileGoneError('the file can’t be read any more', { cause: error });
    }
  }
}

export interface FileLook {
  readonly format: FileFormat;
  readonly rows: readonly CsvRow[];
}

/** What kind of text `file` is, and its first rows. */
export async function lookAtFile(
  file: Blob,
  hints: {
    readonly country: string;
    readonly language: string;
    /** Chosen by the user, where the guess was wrong. */
    readonly encoding?: Encoding;
    readonly separator?: FileFormat['separator'];
  },
): Promise<Result<FileLook, FileProblem>> {
  const head = await headOf(file);
  const problem = findFileProblem(head);
  if (problem) return err(problem);
  const encoding =
    hints.encoding ??
    unicodeEncodingOf(head) ??
    ((await isUtf8(file)) ? 'utf-8' : legacyEncodingOf(hints.country, hints.language));
  const isWhole = file.size <= head.length;
  const sample = new TextDecoder(encoding).decode(head, { stream: !isWhole });
  if (sample.trim() === '') return err('empty');
  const guessed = guessFormat(sample, encoding);
  const format = hints.separator ? { ...guessed, separator: hints.separator } : guessed;
  return ok({ format, rows: sampleRows(sample, format, isWhole) });
}

async function headOf(file: Blob): Promise<Uint8Array> {
  for await (const piece of piecesOf(file.slice(0, SAMPLE_BYTES))) return piece;
  return new Uint8Array();
}

/** The whole file is looked at: one late `é` of another encoding must not turn into a question mark. */
async function isUtf8(file: Blob): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const piece of piecesOf(file)) decoder.decode(piece, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

export interface RowBatch {
  readonly rows: readonly CsvRow[];
  /** Bytes read so far, for the progress bar. */
  readonly doneBytes: number;
}

/** Every row of `file`, a piece at a time. */
export async function* readRows(file: Blob, format: FileFormat): AsyncGenerator<RowBatch> {
  const decoder = new TextDecoder(format.encoding);
  const reader = createCsvReader(format.separator);
  const keep = (rows: readonly CsvRow[]) =>
    format.skippedLines === 0 ? rows : rows.filter(({ line }) => line > format.skippedLines);
  let doneBytes = 0;
  for await (const piece of piecesOf(file)) {
    doneBytes += piece.length;
    yield { rows: keep(reader.push(decoder.decode(piece, { stream: true }))), doneBytes };
  }
  yield { rows: keep([...reader.push(decoder.decode()), ...reader.end()]), doneBytes };
}
