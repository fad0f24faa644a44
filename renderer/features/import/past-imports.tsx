import { useTranslation } from 'react-i18next';
import { Undo2 } from 'lucide-react';
import type { ImportRow } from '#renderer/data/rows.ts';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { Badge, type BadgeProps } from '#renderer/ui/badge.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { IMPORT_NAMESPACES } from './failure-text.ts';
import styles from './import-screen.module.css';
import type { PastImports } from './use-import-desk.ts';

interface PastImportsListProps {
  readonly past: PastImports;
  readonly onUndo: (row: ImportRow) => void;
  readonly onKeep: (row: ImportRow) => void;
}

const TONES: Readonly<Record<ImportRow['phase'], NonNullable<BadgeProps['tone']>>> = {
  running: 'warning',
  done: 'success',
  cancelled: 'neutral',
  undoing: 'warning',
  undone: 'neutral',
};

/** Imports that a crash cut off, waiting for a decision. */
export function InterruptedImports({ past, onUndo, onKeep }: PastImportsListProps) {
  const { t } = useTranslation(IMPORT_NAMESPACES);
  return past.interrupted.map((row) => (
    <Card
      key={row.id}
      tone="accent"
      title={t('past.interruptedTitle')}
      description={t('past.interruptedText', { file: row.fileName, count: row.enrolled })}
    >
      <div className={styles['go']}>
        <Button onPress={() => onKeep(row)}>{t('past.keep')}</Button>
        <Button icon={Undo2} onPress={() => onUndo(row)}>
          {t('result.undo')}
        </Button>
      </div>
    </Card>
  ));
}

export function PastImportsList({ past, onUndo }: Omit<PastImportsListProps, 'onKeep'>) {
  const { t } = useTranslation(IMPORT_NAMESPACES);
  const format = useFormat();
  // One that another window is running right now can't be undone yet, and is not listed.
  const rows = past.rows.filter((row) => row.phase !== 'running' || past.interrupted.includes(row));
  if (rows.length === 0) return null;
  return (
    <Card title={t('past.title')}>
      <ul className={styles['past']}>
        {rows.map((row) => (
          <li key={row.id} className={styles['pastRow']}>
            <div className={styles['columnTexts']}>
              <p className={styles['columnName']}>
                {row.fileName === '' ? t('past.nameForgotten') : <bdi>{row.fileName}</bdi>}
              </p>
              <p className={styles['columnValues']}>
                <span>{format.dateTime(row.startedAt)}</span>
                <span>{t('past.counts', { count: row.enrolled + row.credited })}</span>
              </p>
            </div>
            <Badge tone={TONES[row.phase]}>{t(`past.phases.${row.phase}`)}</Badge>
            {row.phase === 'undone' || row.enrolled + row.credited === 0 ? null : (
              <Button
                variant="quiet"
                icon={Undo2}
                onPress={() => onUndo(row)}
                aria-label={t(row.phase === 'undoing' ? 'past.resumeNamed' : 'past.undoNamed', {
                  file: row.fileName === '' ? format.dateTime(row.startedAt) : row.fileName,
                })}
              >
                {row.phase === 'undoing' ? t('past.resume') : t('past.undo')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
