import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import { Table } from '#renderer/ui/table.tsx';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import type { RewardResult, SideResult } from '#shared/domain/what-if-tally.ts';
import styles from './what-if-panel.module.css';
import type { ReportProps } from './what-if-report-props.ts';

interface RewardRow {
  readonly id: string;
  readonly name: string;
  readonly now: RewardResult | undefined;
  readonly draft: RewardResult | undefined;
}

/** Only where there is more than one: the table of figures says the rest. */
export function WhatIfByReward({ report, request }: ReportProps) {
  const { t } = useTranslation('what-if');
  const format = useFormat();
  const words = useProgramWords();
  const rows = useRewardRows({ report, request });
  if (rows.length < 2) return null;
  const tell = (result: RewardResult | undefined, definition: ProgramDefinition | undefined) => {
    const times = format.number(result?.times ?? 0);
    if (result?.cost === undefined) return t('byReward.times', { times });
    return t('byReward.priced', { times, cost: words.money(result.cost, definition?.currency) });
  };
  return (
    <section className={styles['part']}>
      <h3>{t('byReward.title')}</h3>
      <Table<RewardRow, 'name' | 'now' | 'draft'>
        label={t('byReward.title')}
        columns={[
          { id: 'name', header: t('byReward.reward'), isRowHeader: true },
          ...(report.now ? [{ id: 'now' as const, header: t('figures.now'), isNumeric: true }] : []),
          { id: 'draft', header: t('figures.draft'), isNumeric: true },
        ]}
        rows={rows}
        getRowId={({ id }) => id}
        renderCell={(row, column) => {
          if (column === 'name') return row.name;
          return (
            <bdi className={styles['figure']}>
              {tell(row[column], column === 'now' ? request.base : request.draft)}
            </bdi>
          );
        }}
      />
    </section>
  );
}

/** A reward that changed its name or its kind is the same one by its id, called as in the draft. */
function useRewardRows({ report, request }: ReportProps): RewardRow[] {
  const words = useProgramWords();
  const find = (side: SideResult | undefined, id: string) =>
    side?.byReward.find(({ reward }) => reward.id === id);
  const named = [
    { side: report.draft, definition: request.draft },
    { side: report.now, definition: request.base },
  ].flatMap(({ side, definition }) =>
    (side?.byReward ?? []).map(({ reward }) => ({
      id: reward.id,
      name: definition ? words.reward(reward, definition) : reward.name,
    })),
  );
  return named
    .filter(({ id }, index) => named.findIndex((other) => other.id === id) === index)
    .map(({ id, name }) => ({ id, name, now: find(report.now, id), draft: find(report.draft, id) }));
}
