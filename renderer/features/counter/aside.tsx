import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DayTotals } from '#shared/domain/day-totals.ts';
import type { ProgramBook, ProgramDefinition } from '#shared/domain/program.ts';
import { useLive } from '#renderer/data/store-context.tsx';
import { usePrograms, useSettings } from '#renderer/data/usual-data.tsx';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import { useToday } from '#renderer/platform/use-today.ts';
import { Card } from '#renderer/ui/card.tsx';
import { Keycap } from '#renderer/ui/keycap.tsx';
import { NumberPad, type NumberPadKey } from '#renderer/ui/number-pad.tsx';
import styles from './aside.module.css';

interface AsideProps {
  readonly hasPad: boolean;
  /** Of a key of the pad on screen; the same function at every render, or the keys are drawn anew at each digit. */
  readonly onPad: (key: NumberPadKey) => void;
  readonly asksAmount: boolean;
  readonly countsVisits: boolean;
  /** There is more than the paper card. */
  readonly hasMore: boolean;
}

/** Whether keys for fingers are wanted: the till's setting, or a screen that is touched. */
export function useHasPad(): boolean {
  const { numberPad } = useSettings();
  return (
    numberPad === 'always' || (numberPad === 'auto' && window.matchMedia('(any-pointer: coarse)').matches)
  );
}

/** Beside the customer: keys for fingers where the screen is touched, otherwise what the keyboard can do, and the day so far. */
export const Aside = memo(function Aside({ hasPad, ...rest }: AsideProps) {
  return (
    <aside className={styles['aside']}>
      {hasPad ? <Pad {...rest} /> : <Keys {...rest} />}
      <Today />
    </aside>
  );
});

function Pad({ onPad, asksAmount }: Pick<AsideProps, 'onPad' | 'asksAmount'>) {
  const { t } = useTranslation(['counter', 'common']);
  return (
    <NumberPad
      onKey={onPad}
      hasPlus
      {...(asksAmount ? { pointContent: '.' } : {})}
      size={window.matchMedia('(height < 45rem)').matches ? 'lg' : 'xl'}
      labels={{
        pad: t('pad.label'),
        backspace: t('pad.backspace'),
        clear: t('pad.clear'),
        plus: t('pad.plus'),
        point: t('pad.point'),
        enter: t('pad.enter'),
      }}
    />
  );
}

const KEYS = [
  ['⏎', 'punch'],
  ['+', 'more'],
  ['.', 'amount'],
  ['*', 'redeem'],
  ['−', 'undo'],
  ['/', 'paper'],
  ['/', 'menu'],
  ['↑ ↓', 'choose'],
  ['Esc', 'clear'],
] as const;

/** Only keys that do something in this shop. */
function Keys({ asksAmount, countsVisits, hasMore }: Omit<AsideProps, 'hasPad' | 'onPad'>) {
  const { t } = useTranslation('counter');
  const isUsed = { amount: asksAmount, more: countsVisits, paper: !hasMore, menu: hasMore };
  const keys = KEYS.filter(
    ([, meaning]) => !Object.entries(isUsed).some(([key, is]) => key === meaning && !is),
  );
  return (
    <Card tone="sunken">
      <h2 className={styles['asideTitle']}>{t('keys.title')}</h2>
      <dl className={styles['keys']}>
        {keys.map(([key, meaning]) => (
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

/** Shown before it is known that nobody came. */
const NOTHING_GIVEN: readonly never[] = [];

function Today() {
  const { t } = useTranslation('counter');
  const words = useProgramWords();
  const day = useToday();
  const totals = useLive(({ database }) => database.totals.get(day), [day]);
  const programs = usePrograms();
  const given = programs && totals ? listGiven(totals, programs) : NOTHING_GIVEN;
  const figure = (name: 'visits' | 'rewards' | 'joined', counted = 0, undone = 0) =>
    t(`idle.${name}`, { count: Math.max(0, counted - undone) });
  const undone = totals?.undone;
  return (
    <Card tone="sunken">
      <h2 className={styles['asideTitle']}>{t('idle.today')}</h2>
      <ul className={styles['figures']}>
        <li>{figure('visits', totals?.visits, undone?.visits)}</li>
        {given.map(({ definition, units }) => (
          <li key={definition.id}>
            {words.units(definition, units)}
            {given.length > 1 ? (
              <small>
                {' '}
                <bdi>{definition.name}</bdi>
              </small>
            ) : null}
          </li>
        ))}
        <li>{figure('rewards', totals?.redemptions, undone?.redemptions)}</li>
        <li>{figure('joined', totals?.enrolments, undone?.enrolments)}</li>
      </ul>
    </Card>
  );
}

/** Units given today and not taken back, program by program: stamps and points can't be added up. */
function listGiven(
  { programs: sums, undone }: DayTotals,
  programs: ProgramBook,
): { readonly definition: ProgramDefinition; readonly units: number }[] {
  return sums.flatMap(({ program, given }) => {
    const definition = programs.get(program)?.at(-1);
    const takenBack = undone.programs.find((sum) => sum.program === program)?.given ?? 0;
    return definition && given > 0 ? [{ definition, units: Math.max(0, given - takenBack) }] : [];
  });
}
