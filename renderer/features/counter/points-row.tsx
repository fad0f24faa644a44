import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PointsView } from '#shared/domain/rewards.ts';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import { PointsBar } from '#renderer/ui/points-bar.tsx';
import type { RowProps } from './program-rows.tsx';
import styles from './program-rows.module.css';

interface PointsRowProps extends RowProps {
  readonly view: PointsView;
}

const SIZES = { only: 'lg', pair: 'md', compact: 'sm' } as const;

/** A balance on its way to the next reward. */
export const PointsRow = memo(function PointsRow({ view, plus, isPending, look }: PointsRowProps) {
  const { t } = useTranslation('counter');
  const words = useProgramWords();
  const format = useFormat();
  const { definition, points, next, marks } = view;
  const last = marks.at(-1);
  const hint = next
    ? t('match.toGo', { count: next.left, reward: next.name })
    : t('match.ready', { reward: last?.name ?? '' });
  return (
    <div className={styles['program']} data-program={view.program}>
      <p className={styles['programTitle']}>
        <strong dir="auto">{definition.name}</strong>
        <span className={styles['figure']}>
          {plus > 0 ? <ins dir="ltr">+{format.number(plus)}</ins> : null}
          {words.units(definition, points)}
        </span>
      </p>
      {last ? (
        <div className={styles['picture']}>
          <PointsBar
            value={points}
            max={next?.at ?? last.at}
            pending={isPending ? plus : 0}
            size={SIZES[look]}
            label={definition.name}
            valueText={hint}
          />
        </div>
      ) : null}
      {last ? <p className={styles['next']}>{hint}</p> : null}
    </div>
  );
});
