import { parseAnything } from '../lib/parse-anything.ts';
import { err, ok, type Result } from '../lib/result.ts';
import { findProgramProblems, type ProgramProblem } from './program-problems.ts';
import { programSchema, type ProgramDefinition } from './program.ts';

/**
 * One definition as a file, to carry it to another shop. Whoever reads it decides what it becomes: the next version of
 * the program of its id, or a new program with an id of its own (`asNewProgram`).
 */

export const PROGRAM_FILE_FORMAT = 'tenpunch-program';
const FORMAT_VERSION = 1;
/** Far more than any shop's rules; larger is some other file. */
export const MAX_PROGRAM_FILE_CHARACTERS = 1_000_000;

interface ProgramFile {
  readonly format: typeof PROGRAM_FILE_FORMAT;
  readonly formatVersion: typeof FORMAT_VERSION;
  /** Version of the app that wrote it. */
  readonly app: string;
  /** ISO 8601, UTC. */
  readonly exportedAt: string;
  readonly program: ProgramDefinition;
}

export function writeProgramFile(request: {
  readonly program: ProgramDefinition;
  readonly app: string;
  /** Milliseconds since 1970 UTC. */
  readonly atMs: number;
}): string {
  const file: ProgramFile = {
    format: PROGRAM_FILE_FORMAT,
    formatVersion: FORMAT_VERSION,
    app: request.app,
    exportedAt: new Date(request.atMs).toISOString(),
    program: request.program,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

export type ProgramFileError =
  | { readonly code: 'too-large' }
  /** Broken off, or no JSON at all. */
  | { readonly code: 'not-json' }
  /** Some other program's file. */
  | { readonly code: 'not-a-program' }
  /** Of a newer app: the file itself, or a kind of rule in it. */
  | { readonly code: 'newer-app' }
  /** Fields are missing or hold what they can't. */
  | { readonly code: 'malformed'; readonly problems: readonly ProgramProblem[] }
  /** It can be read and no shop can mean it; `program` is for an editor that says what is wrong. */
  | {
      readonly code: 'has-problems';
      readonly program: ProgramDefinition;
      readonly problems: readonly ProgramProblem[];
    };

/** Never throws, whatever the text. The program is as it was written: its id and version are those of its shop. */
export function readProgramFile(text: string): Result<ProgramDefinition, ProgramFileError> {
  if (text.length > MAX_PROGRAM_FILE_CHARACTERS) return err({ code: 'too-large' });
  const content = parseJson(text.replace(/^\ufeff/u, ''));
  if (!content.ok) return content;
  const file = content.value;
  if (!isRecord(file) || file['format'] !== PROGRAM_FILE_FORMAT) return err({ code: 'not-a-program' });
  const version = file['formatVersion'];
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    return err({ code: 'not-a-program' });
  }
  if (version > FORMAT_VERSION) return err({ code: 'newer-app' });
  return readProgram(file['program']);
}

function readProgram(draft: unknown): Result<ProgramDefinition, ProgramFileError> {
  const program = parseAnything(programSchema, draft);
  if (!program) {
    const problems = findProgramProblems(draft);
    const isNewer = problems.some(({ code }) => code === 'newer-app');
    return err(isNewer ? { code: 'newer-app' } : { code: 'malformed', problems });
  }
  const problems = findProgramProblems(program);
  return problems.length > 0 ? err({ code: 'has-problems', program, problems }) : ok(program);
}

/** The same rules as the first version of a program of its own. */
export function asNewProgram(program: ProgramDefinition, id: string): ProgramDefinition {
  // A program that its shop has withdrawn is imported to be run.
  const { isWithdrawn: _, ...running } = program;
  return { ...running, id, version: 1 };
}

function parseJson(text: string): Result<unknown, { readonly code: 'not-json' }> {
  try {
    return ok(JSON.parse(text));
  } catch {
    return err({ code: 'not-json' });
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
