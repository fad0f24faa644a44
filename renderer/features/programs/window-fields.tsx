import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PromotionWindow } from '#shared/domain/program.ts';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import { ToggleSet } from '#renderer/ui/toggle-set.tsx';
import styles from './program-form.module.css';

interface WindowFieldsProps {
  readonly window: PromotionWindow;
  readonly onChange: (window: PromotionWindow) => void;
}

/** When a promotion runs: days of the week, hours of the day, first and last day. Empty means no bound. */
export function WindowFields({ window, onChange }: WindowFieldsProps) {
  const { t } = useTranslation('programs');
  const weekdays = useWeekdays();
  const set = (change: Partial<PromotionWindow>) => onChange({ ...window, ...change });
  return (
    <>
      <ToggleSet
        label={t('promotions.weekdays')}
        description={t('promotions.weekdaysNote')}
        options={weekdays}
        value={window.weekdays.map(String)}
        onChange={(days) => set({ weekdays: days.map(Number) })}
      />
      <div className={styles['quarter']}>
        <BoundField
          type="time"
          label={t('promotions.from')}
          value={window.from}
          onChange={(from) => set({ from })}
        />
        <BoundField
          type="time"
          label={t('promotions.until')}
          value={window.until}
          onChange={(until) => set({ until })}
        />
        <BoundField
          type="date"
          label={t('promotions.firstDay')}
          value={window.firstDay}
          onChange={(firstDay) => set({ firstDay })}
        />
        <BoundField
          type="date"
          label={t('promotions.lastDay')}
          value={window.lastDay}
          onChange={(lastDay) => set({ lastDay })}
        />
      </div>
    </>
  );
}

interface BoundFieldProps {
  readonly type: 'time' | 'date';
  readonly label: string;
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}

/** The browser's own field: it knows how this country writes times and days, and gives them out as we store them. */
function BoundField({ type, label, value, onChange }: BoundFieldProps) {
  const format = useFormat();
  return (
    <TextField
      type={type}
      label={label}
      value={value ?? ''}
      // The field itself shows it in the browser's own order.
      description={type === 'date' && value !== null ? format.day(value) : undefined}
      onChange={(text) => onChange(text === '' ? null : text)}
    />
  );
}

/** 1 January 2024 was a Monday. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 24 * 60 * 60 * 1000;

function useWeekdays() {
  const { i18n } = useTranslation('programs');
  return useMemo(() => {
    const words = (weekday: 'short' | 'long') =>
      new Intl.DateTimeFormat(i18n.language, { weekday, timeZone: 'UTC' });
    const [short, long] = [words('short'), words('long')];
    return Array.from({ length: 7 }, (_, index) => {
      const at = MONDAY + index * DAY_MS;
      return { id: String(index + 1), label: short.format(at), name: long.format(at) };
    });
  }, [i18n.language]);
}
