import { Gift, PencilRuler } from 'lucide-react';
import type { MemberState } from '#shared/domain/member-state.ts';
import type { ProgramBook } from '#shared/domain/program.ts';
import { listCardViews, listReadyRewards, type CardView, type ReadyReward } from '#shared/domain/rewards.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { StampRow } from '#renderer/ui/stamp-row.tsx';
import styles from './member-screen.module.css';
import type { Words } from './use-words.ts';

interface StampsCardProps {
  readonly state: MemberState;
  readonly programs: ProgramBook;
  readonly words: Words;
  readonly onCorrect: () => void;
}

/** One row of stamps for each program, and what may be taken now. */
export function StampsCard({ state, programs, words, onCorrect }: StampsCardProps) {
  const { t } = words;
  const views = listCardViews(state, programs);
  const ready = listReadyRewards(state, programs);
  return (
    <Card
      title={t('members:stamps.title')}
      actions={
        views.length === 0 ? undefined : (
          <Button variant="quiet" icon={PencilRuler} onPress={onCorrect}>
            {t('members:stamps.correct')}
          </Button>
        )
      }
    >
      {views.length === 0 ? <p className={styles['soft']}>{t('members:stamps.none')}</p> : null}
      {views.map((view) => (
        <ProgramStamps key={view.program} view={view} words={words} />
      ))}
      {ready.length === 0 ? null : (
        <div className={styles['ready']}>
          <p className={styles['readyTitle']}>{t('members:stamps.ready')}</p>
          <ul className={styles['badges']}>
            {countRewards(ready).map(({ key, name, count }) => (
              <li key={key}>
                <Badge tone="reward" icon={Gift}>
                  {count > 1 ? t('members:stamps.times', { reward: name, count }) : name}
                </Badge>
              </li>
            ))}
          </ul>
          <p className={styles['soft']}>{t('members:stamps.redeemAtCounter')}</p>
        </div>
      )}
    </Card>
  );
}

/** Two full cards give the same reward twice: said once, with how often. */
function countRewards(ready: readonly ReadyReward[]) {
  const counted = new Map<string, { readonly key: string; readonly name: string; readonly count: number }>();
  for (const { program, reward } of ready) {
    const key = `${program} ${reward.name}`;
    counted.set(key, { key, name: reward.name, count: (counted.get(key)?.count ?? 0) + 1 });
  }
  return [...counted.values()];
}

function ProgramStamps({ view, words }: { readonly view: CardView; readonly words: Words }) {
  const { t } = words;
  const { definition, stamps, size, marks, next, fullCards, isOldVersion } = view;
  const final = marks.at(-1)?.name ?? '';
  return (
    <div className={styles['program']}>
      <div className={styles['programHead']}>
        <h3>
          <bdi>{definition.name}</bdi>
        </h3>
        {isOldVersion ? <Badge tone="info">{t('members:stamps.oldVersion')}</Badge> : null}
        <span className={styles['count']}>
          <bdi>{t('members:stamps.row', { stamps, size })}</bdi>
        </span>
      </div>
      <StampRow
        total={size}
        filled={stamps}
        icon={definition.unit.icon}
        marks={marks.map(({ at }) => ({ position: at }))}
        size="md"
        label=""
      />
      <p className={styles['soft']}>
        {next
          ? t('members:stamps.left', { units: words.units(next.left, definition), reward: next.name })
          : t('members:stamps.full', { reward: final })}
        {fullCards > 0 ? ` · ${t('members:stamps.fullCards', { count: fullCards })}` : null}
      </p>
      {isOldVersion ? <p className={styles['soft']}>{t('members:stamps.oldVersionText')}</p> : null}
    </div>
  );
}
