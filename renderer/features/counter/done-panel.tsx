import { Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { usePrograms } from '#renderer/data/usual-data.tsx';
import { useToday } from '#renderer/platform/use-today.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { Keycap } from '#renderer/ui/keycap.tsx';
import type { Done } from './counter-state.ts';
import { DoneFacts } from './done-facts.tsx';
import { ProgramRows } from './program-rows.tsx';
import type { Counter } from './use-counter.ts';
import { useDoneText } from './use-done-text.ts';
import styles from './counter.module.css';

interface DonePanelProps {
  readonly counter: Counter;
  readonly done: Done;
}

/** What changed, how much is left, and the one key that takes it back. The field is already free for the next customer. */
export function DonePanel({ counter, done }: DonePanelProps) {
  const { t } = useTranslation('counter');
  const textOf = useDoneText();
  const programs = usePrograms();
  const day = useToday();
  const isVoid = done.event.type === 'void';
  return (
    <section data-testid="done" data-event={done.event.id} data-type={done.event.type}>
      <Card padding="lg" tone={done.event.type === 'redemption' ? 'reward' : 'plain'}>
        <header className={styles['identity']}>
          <p className={styles['kicker']}>{isVoid ? t('done.undone') : t('done.last')}</p>
          <h2 className={styles['name']}>
            <bdi>{textOf(done)}</bdi>
          </h2>
          {programs && !isVoid ? <DoneFacts {...{ done, programs, day }} /> : null}
        </header>
        {programs && done.after.live > 0 ? (
          <ProgramRows
            state={done.after}
            {...{ programs, day }}
            before={hasNewUnits(done) ? done.before : undefined}
          />
        ) : null}
        {isVoid ? null : (
          <div className={styles['more']}>
            <Button
              variant="secondary"
              size="lg"
              icon={Undo2}
              preventFocusOnPress
              isPending={counter.isBusy}
              hint={<Keycap>−</Keycap>}
              onPress={() => void counter.undo()}
            >
              {t('action.undo')}
            </Button>
          </div>
        )}
      </Card>
    </section>
  );
}

/** Units that came are shown as new; those that a redemption or an undo left over were there before. */
const hasNewUnits = ({ event }: Done): boolean => event.type !== 'redemption' && event.type !== 'void';
