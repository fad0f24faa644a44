import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import { Table } from '#renderer/ui/table.tsx';
import type { MonthResult } from '#shared/domain/what-if-tally.ts';
import { isPriced } from './what-if-figures.ts';
import styles from './what-if-panel.module.css';
import type { ReportProps } from './what-if-report-props.ts';

interface MonthRow {
  readonly draft: MonthResult;
  readonly now: MonthResult | undefined;
}

export function WhatIfByMonth({ report, request }: ReportProps) {
  const { t } = useTranslation('what-if');
  const format = useFormat();
  const words = useProgramWords();
  const { now, draft } = report;
  if (draft.months.length < 2) return null;
  const isCostShown = [draft, ...(now ? [now] : [])].some(isPriced);
  const tell = (row: MonthRow, what: 'units' | 'rewards' | 'cost') => {
    const side = (value: number, currency: string | undefined) =>
      what === 'cost' ? words.money(value, currency) : format.number(value);
    const wanted = side(row.draft[what], request.draft.currency);
    if (!row.now) return wanted;
    return t('byMonth.pair', { now: side(row.now[what], request.base?.currency), draft: wanted });
  };
  return (
    <section className={styles['part']}>
      <h3>{t('byMonth.title')}</h3>
      {now ? <p className={styles['hint']}>{t('byMonth.note')}</p> : null}
      <Table<MonthRow, 'month' | 'units' | 'rewards' | 'cost'>
        label={t('byMonth.title')}
        columns={[
          { id: 'month', header: t('byMonth.month'), isRowHeader: true },
          { id: 'units', header: t('byMonth.units'), isNumeric: true },
          { id: 'rewards', header: t('byMonth.rewards'), isNumeric: true },
          ...(isCostShown ? [{ id: 'cost' as const, header: t('byMonth.cost'), isNumeric: true }] : []),
        ]}
        rows={draft.months.map((month, index) => ({ draft: month, now: now?.months[index] }))}
        getRowId={({ draft: { from } }) => from}
        renderCell={(row, column) => {
          const { from, to } = row.draft;
          if (column !== 'month') return <bdi className={styles['figure']}>{tell(row, column)}</bdi>;
          return t('byMonth.range', { from: format.day(from), to: format.day(to) });
        }}
      />
    </section>
  );
}
