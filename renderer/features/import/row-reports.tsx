import { useTranslation } from 'react-i18next';
import type { RowReport } from '#renderer/data/import/import-job.ts';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { Table } from '#renderer/ui/table.tsx';
import { IMPORT_NAMESPACES } from './failure-text.ts';
import styles from './import-screen.module.css';

/** More would only be scrolled through; the file is mended where the first ones are. */
const MAX_SHOWN = 200;

/** Rows that are left out, by their line in the file. */
export function RowReports({
  reports,
  total,
}: {
  readonly reports: readonly RowReport[];
  readonly total: number;
}) {
  const { t } = useTranslation(IMPORT_NAMESPACES);
  const format = useFormat();
  if (reports.length === 0) return null;
  const shown = reports.slice(0, MAX_SHOWN);
  return (
    <Card title={t('rows.title')}>
      <Table
        label={t('rows.title')}
        maxHeight="24rem"
        columns={[
          { id: 'line', header: t('rows.line'), isNumeric: true, isRowHeader: true },
          { id: 'why', header: t('rows.why') },
          { id: 'says', header: t('rows.says') },
        ]}
        rows={shown}
        getRowId={({ line }) => String(line)}
        renderCell={(row, column) => {
          switch (column) {
            case 'line':
              return format.number(row.line);
            case 'why':
              return t(`rows.${row.code}`, {
                line: format.number(row.firstLine ?? 0),
                choices: format.list(row.choices ?? []),
              });
            case 'says':
              return <bdi>{row.text}</bdi>;
          }
        }}
      />
      {total > shown.length ? (
        <p className={styles['note']}>{t('rows.more', { count: total - shown.length })}</p>
      ) : null}
    </Card>
  );
}
