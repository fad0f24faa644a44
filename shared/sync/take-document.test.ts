import { expect, test } from 'vitest';
import { EMPTY_PROFILE, type Profile } from '../domain/profile.ts';
import type { MemberId } from '../lib/brand.ts';
import type { Hlc } from '../lib/hlc.ts';
import { takeDocument } from './take-document.ts';

const member = 'ana' as MemberId;
const stamp = (hour: number) => `00000000000000${hour}-00000-till-1` as Hlc;
const profileOf = (name: string, hour: number): Profile => ({
  ...EMPTY_PROFILE,
  name,
  member,
  hlc: stamp(hour),
});
const document = (name: string, hour: number) =>
  ({ kind: 'profile', profile: profileOf(name, hour) }) as const;
const tombstone = (hour: number) => ({ kind: 'erased', member, hlc: stamp(hour) }) as const;
const nothing = { profile: undefined, erased: undefined };
const known = (name: string, hour: number) => ({ profile: profileOf(name, hour), erased: undefined });
const gone = (hour: number) => ({ profile: undefined, erased: stamp(hour) });

test.each([
  ['a document of somebody unknown', document('Ana', 5), nothing, 'keep', 'keep'],
  ['a later document', document('Ana', 6), known('Anna', 5), 'keep', 'keep'],
  ['an earlier document', document('Ana', 4), known('Anna', 5), 'none', 'none'],
  ['the same document', document('Ana', 5), known('Ana', 5), 'none', 'none'],
  [
    'another document with the same stamp, of a copied till',
    document('Ana', 5),
    known('Anna', 5),
    'keep',
    'none',
  ],
  ['a document of somebody forgotten, though later', document('Ana', 9), gone(5), 'none', 'none'],
  ['a tombstone, though earlier than the document', tombstone(1), known('Ana', 5), 'erase', 'erase'],
  ['a later tombstone', tombstone(6), gone(5), 'erase', 'none'],
  ['an earlier tombstone', tombstone(4), gone(5), 'erase', 'none'],
  ['the same tombstone', tombstone(5), gone(5), 'none', 'none'],
] as const)('%s', (_, doc, here, fromEndpoint, fromFile) => {
  expect(takeDocument(doc, here, 'endpoint')).toBe(fromEndpoint);
  expect(takeDocument(doc, here, 'file')).toBe(fromFile);
});
