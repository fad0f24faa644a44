import { useTranslation } from 'react-i18next';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import type { BroughtTotals } from '#renderer/data/import/brought-totals.ts';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { DescriptionList } from '#renderer/ui/description-list.tsx';
import { IMPORT_NAMESPACES } from './failure-text.ts';
import styles from './import-screen.module.css';
import { useBroughtWords } from './use-brought-words.ts';

/** What is taken over into each program, and what a level or an ended pass then means. */
export function BroughtList({
  totals,
  programs,
  tierUntil,
}: {
  readonly totals: readonly BroughtTotals[];
  readonly programs: readonly ProgramDefinition[];
  /** The last day of the levels. */
  readonly tierUntil: string;
}) {
  const { t } = useTranslation(IMPORT_NAMESPACES);
  const format = useFormat();
  const words = useBroughtWords(programs);
  if (totals.length === 0) return null;
  return (
    <section aria-label={t('check.brought')}>
      <DescriptionList
        items={totals.map((total) => ({
          term: words.nameOf(total.program),
          value: format.list(words.ofTotals(total)),
        }))}
      />
      {totals.some(({ tiers }) => tiers > 0) ? (
        <p className={styles['note']}>{t('check.tierNote', { day: format.day(tierUntil) })}</p>
      ) : null}
      {totals.some(({ endedPasses }) => endedPasses > 0) ? (
        <p className={styles['note']}>{t('check.endedNote')}</p>
      ) : null}
    </section>
  );
}

/** The sums of both lists. */
export function addTotals(
  some: readonly BroughtTotals[],
  others: readonly BroughtTotals[],
): readonly BroughtTotals[] {
  const byProgram = Map.groupBy([...some, ...others], ({ program }) => program);
  return [...byProgram].map(([program, totals]) => {
    const sumOf = (part: 'units' | 'tiers' | 'passes' | 'endedPasses') =>
      totals.reduce((sum, total) => sum + total[part], 0);
    return {
      program,
      units: sumOf('units'),
      tiers: sumOf('tiers'),
      passes: sumOf('passes'),
      endedPasses: sumOf('endedPasses'),
    };
  });
}
