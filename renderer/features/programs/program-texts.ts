import { useMemo } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { finalRewardOf } from './program-draft.ts';

/** One rule of a program, in words, to be listed or compared with another version's. */
export interface RuleText {
  readonly rule: string;
  readonly value: string;
}

export interface ProgramTexts {
  /** "3 stamps", or in the shop's own word. */
  units(program: ProgramDefinition, count: number): string;
  /** What the program does, in a few sentences. */
  summary(program: ProgramDefinition): string;
  rules(program: ProgramDefinition): readonly RuleText[];
}

type Translate = TFunction<['programs', 'common']>;

export function useProgramTexts(): ProgramTexts {
  const { t } = useTranslation(['programs', 'common']);
  return useMemo(() => createProgramTexts(t), [t]);
}

function createProgramTexts(t: Translate): ProgramTexts {
  const units = ({ unit: { word } }: ProgramDefinition, count: number) =>
    word
      ? t('common:unit.custom', { count, word: count === 1 ? word.one : word.other })
      : t('common:unit.stamp', { count });

  const summary = (program: ProgramDefinition) => {
    const { headStart, limits, unit } = program;
    const size = unit.size;
    const final = finalRewardOf(program);
    const milestones = program.rewards.filter((reward) => reward.at !== size).sort((a, b) => a.at - b.at);
    return [
      t('summary.visit', { units: units(program, program.earn[0]?.units ?? 1) }),
      headStart > 0 && t('summary.headStart', { units: units(program, headStart) }),
      ...milestones.map(({ at, name }) =>
        t('summary.milestone', { units: units(program, at), reward: name || '—' }),
      ),
      t('summary.final', { units: units(program, size), reward: final?.name || '—' }),
      limits.perVisit !== null && t('summary.perVisit', { units: units(program, limits.perVisit) }),
      limits.perDay !== null && t('summary.perDay', { units: units(program, limits.perDay) }),
      limits.minutesBetween !== null && t('summary.minutesBetween', { count: limits.minutesBetween }),
    ]
      .filter((sentence) => sentence !== false)
      .join(' ');
  };

  const rules = (program: ProgramDefinition) => {
    const { limits, unit } = program;
    const none = t('rules.none');
    const milestones = program.rewards
      .filter((reward) => reward.at !== unit.size)
      .sort((a, b) => a.at - b.at)
      .map(({ at, name }) => t('rules.milestone', { at, reward: name }));
    return [
      { rule: t('rules.name'), value: program.name },
      { rule: t('rules.size'), value: String(unit.size) },
      { rule: t('rules.icon'), value: t(`card.icons.${unit.icon}`) },
      { rule: t('rules.word'), value: unit.word ? `${unit.word.one}, ${unit.word.other}` : none },
      { rule: t('rules.units'), value: String(program.earn[0]?.units ?? 1) },
      { rule: t('rules.headStart'), value: program.headStart === 0 ? none : String(program.headStart) },
      { rule: t('rules.final'), value: finalRewardOf(program)?.name ?? none },
      { rule: t('rules.milestones'), value: milestones.length === 0 ? none : milestones.join(', ') },
      { rule: t('rules.perVisit'), value: limits.perVisit === null ? none : String(limits.perVisit) },
      { rule: t('rules.perDay'), value: limits.perDay === null ? none : String(limits.perDay) },
      {
        rule: t('rules.minutesBetween'),
        value: limits.minutesBetween === null ? none : String(limits.minutesBetween),
      },
    ];
  };

  return { units, summary, rules };
}
