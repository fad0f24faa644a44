import { useTranslation } from 'react-i18next';
import type { ImportMember } from '#shared/domain/import/read-row.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import type { BroughtTotals } from '#renderer/data/import/brought-totals.ts';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import { IMPORT_NAMESPACES } from './failure-text.ts';

/** What a file brings, in words: of one row, and of all of them. */
export function useBroughtWords(programs: readonly ProgramDefinition[]) {
  const { t } = useTranslation(IMPORT_NAMESPACES);
  const format = useFormat();
  const words = useProgramWords();
  const find = (id: string) => programs.find((program) => program.id === id);
  const named = (program: string, text: string) =>
    programs.length > 1 ? t('check.ofProgram', { program: find(program)?.name ?? program, text }) : text;
  return {
    ofMember: ({ balances, standings }: Pick<ImportMember, 'balances' | 'standings'>): string[] => [
      ...balances.map(({ program, units }) => named(program, words.units(find(program), units))),
      ...standings.flatMap(({ program, tier, passUntil }) => [
        ...(tier ? [named(program, levelName(find(program), tier.level))] : []),
        ...(passUntil === undefined
          ? []
          : [named(program, t('check.passUntil', { day: format.day(passUntil) }))]),
      ]),
    ],
    ofTotals: ({ program, units, tiers, passes, endedPasses }: BroughtTotals): string[] => [
      ...(units > 0 ? [words.units(find(program), units)] : []),
      ...(tiers > 0 ? [t('check.tiers', { count: tiers })] : []),
      ...(passes > 0 ? [t('check.passes', { count: passes })] : []),
      ...(endedPasses > 0 ? [t('check.endedPasses', { count: endedPasses })] : []),
    ],
    nameOf: (program: string) => find(program)?.name ?? program,
  };
}

const levelName = (program: ProgramDefinition | undefined, level: string): string =>
  program?.tiers?.levels.find(({ id }) => id === level)?.name ?? level;
