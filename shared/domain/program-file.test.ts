import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FULL_CARD, FULL_POINTS, programDraft } from '#tests/arbitraries/program-drafts.ts';
import {
  asNewProgram,
  MAX_PROGRAM_FILE_CHARACTERS,
  PROGRAM_FILE_FORMAT,
  readProgramFile,
  writeProgramFile,
} from './program-file.ts';
import { findProgramProblems } from './program-problems.ts';
import type { ProgramDefinition } from './program.ts';

const write = (program: unknown) =>
  writeProgramFile({ program: program as ProgramDefinition, app: '1.2.3', atMs: Date.UTC(2026, 4, 3) });

const codeOf = (text: string) => {
  const result = readProgramFile(text);
  return result.ok ? 'ok' : result.error.code;
};

describe('a program as a file', () => {
  test('says what it is, and by which app and when it was written', () => {
    expect(JSON.parse(write(FULL_CARD))).toMatchObject({
      format: 'tenpunch-program',
      formatVersion: 1,
      app: '1.2.3',
      exportedAt: '2026-05-03T00:00:00.000Z',
      program: { id: 'card' },
    });
  });

  test('reads back as it was, with and without a byte order mark', () => {
    for (const program of [FULL_POINTS, FULL_CARD]) {
      expect(readProgramFile(write(program))).toEqual({ ok: true, value: program });
      expect(readProgramFile(`\ufeff${write(program)}`)).toEqual({ ok: true, value: program });
    }
  });

  const file = { format: PROGRAM_FILE_FORMAT, formatVersion: 1, program: FULL_CARD };

  test.each<[string, string, string]>([
    ['nothing', '', 'not-json'],
    ['a broken file', write(FULL_CARD).slice(0, 200), 'not-json'],
    ['a text', 'ten stamps give a coffee', 'not-json'],
    ['a bare program', JSON.stringify(FULL_CARD), 'not-a-program'],
    ['a list', '[]', 'not-a-program'],
    ['null', 'null', 'not-a-program'],
    ['another program’s file', JSON.stringify({ ...file, format: 'other' }), 'not-a-program'],
    ['a file without a version', JSON.stringify({ ...file, formatVersion: undefined }), 'not-a-program'],
    ['a newer format', JSON.stringify({ ...file, formatVersion: 2, program: 5 }), 'newer-app'],
    [
      'a newer kind of earning',
      write({ ...FULL_CARD, earn: [{ kind: 'telepathy', id: 'x', thoughts: 3 }] }),
      'newer-app',
    ],
    ['a missing field', write({ ...FULL_CARD, name: undefined }), 'malformed'],
    ['a length that is no number', write({ ...FULL_CARD, name: { length: { toString: 1 } } }), 'malformed'],
    [
      'a list that is none',
      write({ ...FULL_CARD, rewards: { length: { valueOf: 1, toString: 1 } } }),
      'malformed',
    ],
    ['a program with problems', write({ ...FULL_CARD, headStart: 10 }), 'has-problems'],
    ['too much', `${write(FULL_CARD)}${' '.repeat(MAX_PROGRAM_FILE_CHARACTERS)}`, 'too-large'],
    ['deep nesting', '['.repeat(900_000), 'not-json'],
  ])('%s has its own outcome', (_, text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  test('what is wrong with it is told with its place', () => {
    const result = readProgramFile(write({ ...FULL_CARD, headStart: 10 }));
    expect(result).toMatchObject({
      error: { problems: [{ code: 'head-start-fills-card', place: { part: 'headStart' } }] },
    });
  });

  test('becomes a new program under another id', () => {
    const program = asNewProgram({ ...FULL_POINTS, isWithdrawn: true }, 'new');
    expect(program).toEqual({ ...FULL_POINTS, id: 'new', version: 1 });
    expect(findProgramProblems(program)).toEqual([]);
  });

  test('any definition without problems reads back as itself, any other is refused, and nothing throws', () => {
    fc.assert(
      fc.property(programDraft, (draft) => {
        const result = readProgramFile(write(draft));
        expect(result.ok).toBe(findProgramProblems(JSON.parse(JSON.stringify(draft))).length === 0);
        if (result.ok) expect(readProgramFile(write(result.value))).toEqual(result);
      }),
      { numRuns: 1000 },
    );
  });

  test('no text throws', () => {
    const text = write(FULL_POINTS);
    const damaged = fc
      .tuple(fc.nat(text.length), fc.nat(20), fc.string())
      .map(([at, length, put]) => text.slice(0, at) + put + text.slice(at + length));
    const wrapped = fc
      .jsonValue()
      .map((program) => JSON.stringify({ format: PROGRAM_FILE_FORMAT, formatVersion: 1, program }));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), damaged, wrapped), (content) => {
        expect(typeof readProgramFile(content).ok).toBe('boolean');
      }),
      { numRuns: 1000 },
    );
  });
});
