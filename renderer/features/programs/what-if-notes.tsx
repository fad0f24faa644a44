import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import styles from './what-if-panel.module.css';
import type { ReportProps } from './what-if-report-props.ts';

/** What the figures leave out or take for granted. Never folded away: they look more certain than they are. */
export function WhatIfNotes({ report }: ReportProps) {
  const { t } = useTranslation('what-if');
  const format = useFormat();
  const { notes, period, now, draft, unreadable } = report;
  const isOverLimit = draft.overLimit > 0 || (now?.overLimit ?? 0) > 0;
  const texts = [
    t('notes.from', { day: format.day(period.playedFrom) }),
    ...notes.map((note) =>
      note.code === 'without-amount' || note.code === 'without-items'
        ? t(`notes.${note.code}`, { count: note.count })
        : t(`notes.${note.code}`),
    ),
    ...(isOverLimit ? [t('notes.overLimit')] : []),
    ...(unreadable > 0 ? [t('notes.unreadable', { count: unreadable })] : []),
  ];
  return (
    <section className={styles['part']}>
      <h3>{t('notes.title')}</h3>
      <ul className={styles['notes']}>
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </section>
  );
}
