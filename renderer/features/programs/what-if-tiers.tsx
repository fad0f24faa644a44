import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { Table } from '#renderer/ui/table.tsx';
import type { SideResult } from '#shared/domain/what-if-tally.ts';
import styles from './what-if-panel.module.css';
import type { ReportProps } from './what-if-report-props.ts';

interface TierRow {
  readonly id: string;
  readonly name: string;
  readonly now: number | undefined;
  readonly draft: number | undefined;
}

/** No level has an empty id. */
const BELOW_ALL = '';

export function WhatIfTiers({ report: { now, draft } }: ReportProps) {
  const { t } = useTranslation('what-if');
  const format = useFormat();
  const rows = listTierRows({ now, draft }, t('tiers.none'));
  if (rows.length === 0) return null;
  return (
    <section className={styles['part']}>
      <h3>{t('tiers.title')}</h3>
      <Table<TierRow, 'name' | 'now' | 'draft'>
        label={t('tiers.title')}
        columns={[
          { id: 'name', header: t('tiers.level'), isRowHeader: true },
          ...(now ? [{ id: 'now' as const, header: t('figures.now'), isNumeric: true }] : []),
          { id: 'draft', header: t('figures.draft'), isNumeric: true },
        ]}
        rows={rows}
        getRowId={({ id }) => `tier ${id}`}
        renderCell={(row, column) => (column === 'name' ? row.name : tell(row[column]))}
      />
    </section>
  );

  function tell(members: number | undefined): string {
    return members === undefined ? '–' : format.number(members);
  }
}

/** Levels of both sides, those of the draft first. */
function listTierRows(
  sides: { readonly now: SideResult | undefined; readonly draft: SideResult },
  noTier: string,
): TierRow[] {
  const rows = new Map<string, TierRow>();
  for (const side of ['draft', 'now'] as const) {
    for (const { level, members } of sides[side]?.tiers ?? []) {
      const id = level?.id ?? BELOW_ALL;
      const known = rows.get(id) ?? { id, name: level?.name ?? noTier, now: undefined, draft: undefined };
      rows.set(id, { ...known, [side]: members });
    }
  }
  return [...rows.values()];
}
