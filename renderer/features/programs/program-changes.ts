import type { ProgramPlace } from '#shared/domain/program-place.ts';
import { placeKey } from './program-sections.ts';

interface Sentence {
  readonly place: ProgramPlace;
  readonly text: string;
}

/** One thing a program says differently. Without `before` it is new, without `after` it is gone. */
export interface ProgramChange {
  readonly key: string;
  readonly before?: string;
  readonly after?: string;
}

/** What two versions say differently, in the order of the new one; what is gone comes last. */
export function listChanges(before: readonly Sentence[], after: readonly Sentence[]): ProgramChange[] {
  const known = textsByPlace(before);
  const wanted = textsByPlace(after);
  const changes = [...wanted].flatMap(([key, text]): ProgramChange[] => {
    const old = known.get(key);
    if (old === text) return [];
    return [old === undefined ? { key, after: text } : { key, before: old, after: text }];
  });
  const gone = [...known].flatMap(([key, text]): ProgramChange[] =>
    wanted.has(key) ? [] : [{ key, before: text }],
  );
  return [...changes, ...gone];
}

function textsByPlace(sentences: readonly Sentence[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { place, text } of sentences) {
    const key = placeKey(place);
    const known = texts.get(key);
    texts.set(key, known === undefined ? text : `${known} ${text}`);
  }
  return texts;
}
