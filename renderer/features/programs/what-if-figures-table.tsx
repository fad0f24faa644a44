import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import { Table, type TableColumn } from '#renderer/ui/table.tsx';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { listFigures, type FigureRow } from './what-if-figures.ts';
import styles from './what-if-panel.module.css';
import type { ReportProps } from './what-if-report-props.ts';

type ColumnId = 'what' | 'now' | 'draft' | 'difference';

/** The two sides beside each other. */
export function WhatIfFigures({ report, request }: ReportProps) {
  const { t } = useTranslation('what-if');
  const amount = useAmount();
  const column = (id: ColumnId): TableColumn<ColumnId> => ({
    id,
    header: t(`figures.${id}`),
    isNumeric: id !== 'what',
    isRowHeader: id === 'what',
  });
  const ids: readonly ColumnId[] = report.now ? ['what', 'now', 'draft', 'difference'] : ['what', 'draft'];
  const cell = (row: FigureRow, id: ColumnId) => {
    switch (id) {
      case 'what':
        return t(`figures.${row.id}`);
      case 'now':
        return row.now === undefined ? null : amount(row, row.now, request.base);
      case 'draft':
        return amount(row, row.draft, request.draft);
      case 'difference': {
        const { difference } = row;
        if (difference === undefined) return t('figures.incomparable');
        if (difference === 0) return t('figures.none');
        const text = amount(row, Math.abs(difference), request.draft);
        return t(difference > 0 ? 'figures.more' : 'figures.less', { amount: text });
      }
    }
  };
  return (
    <Table<FigureRow, ColumnId>
      label={t('figures.title')}
      columns={ids.map(column)}
      rows={listFigures(report, request)}
      getRowId={({ id }) => id}
      renderCell={(row, id) =>
        id === 'what' ? cell(row, id) : <bdi className={styles['figure']}>{cell(row, id)}</bdi>
      }
    />
  );
}

function useAmount() {
  const format = useFormat();
  const words = useProgramWords();
  return ({ id, isMoney }: FigureRow, value: number, definition: ProgramDefinition | undefined): string => {
    if (isMoney) return words.money(value, definition?.currency);
    return id === 'units' || id === 'expired' ? words.units(definition, value) : format.number(value);
  };
}
