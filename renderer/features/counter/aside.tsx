import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DaySums } from '#shared/domain/day-totals.ts';
import { plainDayAt } from '#shared/lib/plain-day.ts';
import { useLive } from '#renderer/data/store-context.tsx';
import { usePrograms, useSettings } from '#renderer/data/usual-data.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { Keycap } from '#renderer/ui/keycap.tsx';
import { NumberPad, type NumberPadKey } from '#renderer/ui/number-pad.tsx';
import styles from './counter.module.css';

interface AsideProps {
  readonly hasPad: boolean;
  /** Of a key of the pad on screen; the same function at every render, or the keys are drawn anew at each digit. */
  readonly onPad: (key: NumberPadKey) => void;
}

/** Whether keys for fingers are wanted: the till's setting, or a screen that is touched. */
export function useHasPad(): boolean {
  const { numberPad } = useSettings();
  return (
    numberPad === 'always' || (numberPad === 'auto' && window.matchMedia('(any-pointer: coarse)').matches)
  );
}

/** Beside the customer: keys for fingers where the screen is touched, otherwise what the keyboard can do, and the day so far. */
export const Aside = memo(function Aside({ hasPad, onPad }: AsideProps) {
  return (
    <aside className={styles['aside']}>
      {hasPad ? <Pad onPad={onPad} /> : <Keys />}
      <Today />
    </aside>
  );
});

function Pad({ onPad }: Pick<AsideProps, 'onPad'>) {
  const { t } = useTranslation(['counter', 'common']);
  return (
    <NumberPad
      onKey={onPad}
      hasPlus
      size={window.matchMedia('(height < 45rem)').matches ? 'lg' : 'xl'}
      labels={{
        pad: t('pad.label'),
        backspace: t('pad.backspace'),
        clear: t('pad.clear'),
        plus: t('pad.plus'),
        enter: t('pad.enter'),
      }}
    />
  );
}

const KEYS = [
  ['⏎', 'punch'],
  ['+', 'more'],
  ['*', 'redeem'],
  ['−', 'undo'],
  ['/', 'paper'],
  ['↑ ↓', 'choose'],
  ['Esc', 'clear'],
] as const;

function Keys() {
  const { t } = useTranslation(['counter', 'common']);
  return (
    <Card tone="sunken">
      <h2 className={styles['asideTitle']}>{t('keys.title')}</h2>
      <dl className={styles['keys']}>
        {KEYS.map(([key, meaning]) => (
          <div key={meaning}>
            <dt>
              <Keycap>{key}</Keycap>
            </dt>
            <dd>{t(`keys.${meaning}`)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function Today() {
  const { t } = useTranslation(['counter', 'common']);
  const { clock } = usePlatform();
  const day = plainDayAt(clock.now(), clock.timeZone());
  const totals = useLive(({ database }) => database.totals.get(day), [day]);
  const programs = usePrograms();
  // Points are another unit and can't be added to stamps.
  const stampsOf = (sums: DaySums | undefined) =>
    (sums?.programs ?? [])
      .filter(({ program }) => programs?.get(program)?.at(-1)?.unit.kind === 'stamps')
      .reduce((sum, { given }) => sum + given, 0);
  const net = (given: number | undefined, taken: number | undefined) =>
    Math.max(0, (given ?? 0) - (taken ?? 0));
  const figures = [
    ['visits', net(totals?.visits, totals?.undone.visits)],
    ['stamps', net(stampsOf(totals), stampsOf(totals?.undone))],
    ['rewards', net(totals?.redemptions, totals?.undone.redemptions)],
    ['joined', net(totals?.enrolments, totals?.undone.enrolments)],
  ] as const;
  return (
    <Card tone="sunken">
      <h2 className={styles['asideTitle']}>{t('idle.today')}</h2>
      <ul className={styles['figures']}>
        {figures.map(([name, count]) => (
          <li key={name}>{t(`idle.${name}`, { count })}</li>
        ))}
      </ul>
    </Card>
  );
}
