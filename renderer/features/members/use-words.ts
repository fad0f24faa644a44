import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Format } from '#renderer/i18n/format.ts';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { directionOf } from '#renderer/i18n/i18n.ts';
import { useProgramWords, type ProgramWords } from '#renderer/i18n/program-words.ts';
import { createWordKit } from '#renderer/i18n/word-kit.ts';
import { EARLIEST_BIRTH_YEAR, type BirthdayProblem } from './birthday.ts';
import { createHistoryWords, type HistoryWords } from './history-words.ts';
import type { MemberFailure } from './members.commands.ts';

const NAMESPACES = ['members', 'history', 'common'] as const;
export type Translate = TFunction<typeof NAMESPACES>;

/** What this feature says about a member's data, in the language on screen. */
export interface Words {
  readonly t: Translate;
  readonly format: Format;
  readonly program: ProgramWords;
  readonly history: HistoryWords;
  /** A name of the shop's own inside of a sentence, on its own side where the directions differ. */
  readonly quote: (name: string) => string;
  failure(failure: MemberFailure): string;
  birthdayProblem(problem: BirthdayProblem): string;
}

export function useWords(): Words {
  const { t, i18n } = useTranslation(NAMESPACES);
  const { t: rules } = useTranslation('rules');
  const format = useFormat();
  const program = useProgramWords();
  const { language } = i18n;
  return useMemo(() => {
    const kit = createWordKit(rules, format, language);
    const quote = (name: string) => kit.quote(name);
    const isMirrored = directionOf(language) === 'rtl';
    return {
      t,
      format,
      program,
      quote,
      history: createHistoryWords({ t, format, program, quote, isMirrored }),
      failure: (failure) => failureText(failure, t, format),
      birthdayProblem: (problem) =>
        t(`members:birthdayProblem.${problem}`, { year: String(EARLIEST_BIRTH_YEAR) }),
    };
  }, [t, rules, format, program, language]);
}

function failureText(failure: MemberFailure, t: Translate, format: Format): string {
  switch (failure.code) {
    case 'storage':
      return t(`common:storage.${failure.problem}`);
    case 'undo':
      return t(`members:failure.undo.${failure.refusal}`);
    case 'too-few':
      return t('members:failure.too-few', {
        count: failure.available,
        formatted: format.number(failure.available),
      });
    case 'no-units':
      return t('members:failure.no-units', { max: format.number(failure.max) });
    case 'member-gone':
    case 'number-taken':
    case 'card-taken':
    case 'unreachable':
    case 'unchanged':
    case 'bad-birthday':
    case 'no-program':
    case 'no-reason':
    case 'forgotten':
    case 'already-one':
    case 'other-gone':
    case 'not-one':
    case 'past-coming':
      return t(`members:failure.${failure.code}`);
  }
}
