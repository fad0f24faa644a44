import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CardView } from '#shared/domain/rewards.ts';
import { StampRow } from '#renderer/ui/stamp-row.tsx';
import type { RowProps } from './program-rows.tsx';
import counterStyles from './counter.module.css';
import styles from './program-rows.module.css';

/** Cards up to this size lie in one row, as on paper. */
const ONE_ROW = 10;
const SIZES = { only: 'lg', pair: 'md', compact: 'sm' } as const;

interface StampsRowProps extends RowProps {
  readonly view: CardView;
  readonly fresh: number;
}

/** One punch card. */
export const StampsRow = memo(function StampsRow({ view, plus, isPending, look, fresh }: StampsRowProps) {
  const { t } = useTranslation('counter');
  const { definition, stamps, size, next, fullCards } = view;
  const final = view.marks.at(-1)?.name ?? '';
  return (
    <div className={styles['program']} data-program={view.program}>
      <p className={styles['programTitle']}>
        <strong dir="auto">{definition.name}</strong>
        <span className={styles['figure']} dir="ltr">
          {look === 'compact' && isPending && plus > 0 ? <ins>+{plus}</ins> : null}
          {stamps} / {size}
        </span>
      </p>
      <div className={styles['picture']}>
        <StampRow
          total={size}
          filled={stamps}
          pending={isPending ? plus : 0}
          fresh={fresh}
          icon={definition.unit.icon}
          size={SIZES[look]}
          {...(size <= ONE_ROW ? { maxPerRow: size } : {})}
          marks={view.marks.map(({ at }) => ({ position: at }))}
          label={t('match.row', { stamps, size })}
        />
      </div>
      <p className={styles['next']}>
        {next
          ? t('match.toGo', { count: next.left, reward: next.name })
          : t('match.ready', { reward: final })}
        {fullCards > 0 ? ` · ${t('match.fullCards', { count: fullCards })}` : ''}
        {view.isOldVersion ? <small className={counterStyles['note']}> {t('match.oldRules')}</small> : null}
      </p>
    </div>
  );
});
