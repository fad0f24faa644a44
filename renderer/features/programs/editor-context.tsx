import { createContext, useContext } from 'react';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import type { ProgramPlace } from '#shared/domain/program-place.ts';
import { assert } from '#shared/lib/assert.ts';
import type { ProgramDraft } from './program-draft.ts';
import type { Section } from './program-sections.ts';

export interface PlacedProblem {
  readonly place: ProgramPlace;
  readonly text: string;
  /** A field is empty: where the field is in sight, it says so itself. */
  readonly isGap: boolean;
}

/** What every part of the editor's form works with. */
export interface Editor {
  readonly draft: ProgramDraft;
  /** The version the draft began with; its number is 0 for a program that was never published. */
  readonly base: ProgramDefinition;
  /** The program's currency, or the one it would get with its first amount. */
  readonly currency: string;
  readonly change: (draft: ProgramDraft) => void;
  /** What the program says at this place; undefined where it says nothing (yet). */
  readonly sentenceAt: (place: ProgramPlace) => string | undefined;
  readonly problemsAt: (place: ProgramPlace) => readonly PlacedProblem[];
  readonly isOpen: (place: ProgramPlace) => boolean;
  readonly setOpen: (place: ProgramPlace, isOpen: boolean) => void;
  /** Opens it and moves the focus there, once it is on screen. */
  readonly goTo: (place: ProgramPlace) => void;
  /** Moves the focus to a section. */
  readonly goToSection: (section: Section) => void;
  /** An id of its own for ever: members' history names rules by it. */
  readonly newId: () => string;
}

const EditorContext = createContext<Editor | undefined>(undefined);
export const EditorProvider = EditorContext.Provider;

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  assert(editor, 'a part of the form stands in an editor');
  return editor;
}
