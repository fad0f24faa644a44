import { useMemo, useState, type RefObject } from 'react';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { isSamePlace, type ProgramPlace } from '#shared/domain/program-place.ts';
import { findProgramProblems } from '#shared/domain/program-problems.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { settleCurrency } from './draft-currency.ts';
import type { Editor, PlacedProblem } from './editor-context.tsx';
import { definitionOf, draftOf, isSameDefinition, type ProgramDraft } from './program-draft.ts';
import { isSectionUsed, placeKey, sectionOf, SECTIONS, type Section } from './program-sections.ts';
import { useFocusPlace } from './use-focus-place.ts';

export interface ProgramEditing {
  readonly editor: Editor;
  /** What would be published now. */
  readonly wanted: ProgramDefinition;
  readonly problems: readonly PlacedProblem[];
  /** There is something to publish. */
  readonly isChanged: boolean;
  /** Its owner has changed something. */
  readonly hasEdits: boolean;
  readonly shown: ReadonlySet<Section>;
  readonly show: (section: Section) => void;
  readonly discard: () => void;
}

/** The state of one editor: the draft, what it says and what is wrong with it, and what of it is open on screen. */
export function useProgramEditor(request: {
  readonly base: ProgramDefinition;
  /** What its owner has left unfinished. */
  readonly start?: ProgramDraft | undefined;
  /** Of the shop's country. */
  readonly usualCurrency: string;
  readonly form: RefObject<HTMLElement | null>;
}): ProgramEditing {
  const { base, start, usualCurrency, form } = request;
  const words = useProgramWords();
  const { ids } = usePlatform();
  const [draft, setDraft] = useState(() => start ?? draftOf(base));
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<ReadonlySet<Section>>(new Set());
  const focusOn = useFocusPlace(form);

  const facts = useMemo(() => describe(draft, base, words), [draft, base, words]);
  const currency = draft.currency ?? usualCurrency;

  const editor = useMemo((): Editor => {
    const setOpen = (place: ProgramPlace, isOpen: boolean) =>
      setOpened((known) => {
        const next = new Set(known);
        if (isOpen) next.add(placeKey(place));
        else next.delete(placeKey(place));
        return next;
      });
    return {
      draft,
      base,
      currency,
      change: (next) => {
        // A section whose last rule goes stays where it is: its owner may want another one.
        setAsked(
          (known) => new Set([...known, ...SECTIONS.filter((section) => isSectionUsed(section, draft))]),
        );
        setDraft(settleCurrency(next, { base, usual: usualCurrency }));
      },
      sentenceAt: (place) => facts.sentences.get(placeKey(place)),
      problemsAt: (place) => facts.problems.get(placeKey(place)) ?? [],
      isOpen: (place) => opened.has(placeKey(place)),
      setOpen,
      goTo: (place) => {
        setOpen(place, true);
        focusOn({ place: placeKey(place), part: place.part });
      },
      goToSection: (section) => focusOn({ section }),
      newId: () => ids.eventId(),
    };
  }, [draft, base, currency, usualCurrency, facts, opened, focusOn, ids]);

  const shown = new Set(SECTIONS.filter((section) => asked.has(section) || isSectionUsed(section, draft)));
  for (const { place } of facts.list) shown.add(sectionOf(place, draft));
  return {
    editor,
    wanted: facts.wanted,
    problems: facts.list,
    isChanged: base.version === 0 || !isSameDefinition(facts.wanted, base),
    hasEdits: !isSameDefinition(facts.wanted, draftOf(base)),
    shown,
    show: (section) => {
      setAsked((known) => new Set([...known, section]));
      focusOn({ section });
    },
    discard: () => {
      setDraft(draftOf(base));
      setOpened(new Set());
      setAsked(new Set());
    },
  };
}

/** A number that is being typed is read as a gap. */
const withGaps = (text: string) => text.replaceAll('NaN', '…');

function describe(draft: ProgramDraft, base: ProgramDefinition, words: ReturnType<typeof useProgramWords>) {
  const wanted = definitionOf(draft);
  const list = findProgramProblems({ ...wanted, version: base.version + 1 }).map(
    (problem): PlacedProblem => ({
      place: problem.place,
      text: withGaps(words.problem(problem, wanted)),
      isGap: problem.code === 'malformed' && problem.why === 'missing',
    }),
  );
  return {
    wanted,
    list: list.filter(
      (problem, index) =>
        index ===
        list.findIndex(({ place, text }) => isSamePlace(place, problem.place) && text === problem.text),
    ),
    problems: byPlace(list),
    sentences: new Map(
      [...byPlace(words.sentences(wanted))].map(([key, sentences]) => [
        key,
        withGaps(sentences.map(({ text }) => text).join(' ')),
      ]),
    ),
  };
}

function byPlace<Entry extends { readonly place: ProgramPlace }>(entries: readonly Entry[]) {
  const places = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = placeKey(entry.place);
    places.set(key, [...(places.get(key) ?? []), entry]);
  }
  return places;
}
