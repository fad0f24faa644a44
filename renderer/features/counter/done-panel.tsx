import { Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { listReadyRewards } from '#shared/domain/rewards.ts';
import { usePrograms } from '#renderer/data/usual-data.tsx';
import { Badge } from '#renderer/ui/badge.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { Keycap } from '#renderer/ui/keycap.tsx';
import type { ProgramBook } from '#shared/domain/program.ts';
import type { Done } from './counter-state.ts';
import { DoneTitle } from './done-title.tsx';
import { ProgramRows } from './program-rows.tsx';
import type { Counter } from './use-counter.ts';
import styles from './counter.module.css';

interface DonePanelProps {
  readonly counter: Counter;
  readonly done: Done;
}

/** What changed, how much is left, and the one key that takes it back. The field is already free for the next customer. */
export function DonePanel({ counter, done }: DonePanelProps) {
  const { t } = useTranslation(['counter', 'common']);
  const programs = usePrograms();
  const isVoid = done.event.type === 'void';
  return (
    <section data-testid="done" data-event={done.event.id} data-type={done.event.type}>
      <Card padding="lg" tone={done.event.type === 'redemption' ? 'reward' : 'plain'}>
        <header className={styles['identity']}>
          <p className={styles['kicker']}>{isVoid ? t('done.undone') : t('done.last')}</p>
          <h2 className={styles['name']}>
            <bdi>
              <DoneTitle done={done} />
            </bdi>
          </h2>
          {programs && !isVoid ? <ReachedReward done={done} programs={programs} /> : null}
        </header>
        {programs && done.after.live > 0 ? (
          <ProgramRows
            state={done.after}
            programs={programs}
            {...(hasNewStamps(done) ? { before: done.before } : {})}
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

/** Stamps that came are pressed in; those that a redemption or an undo left over were there before. */
const hasNewStamps = ({ event }: Done): boolean => event.type !== 'redemption' && event.type !== 'void';

function ReachedReward({ done, programs }: { readonly done: Done; readonly programs: ProgramBook }) {
  const { t } = useTranslation(['counter', 'common']);
  const before = listReadyRewards(done.before, programs).length;
  const ready = listReadyRewards(done.after, programs);
  const reached = ready.length > before ? ready.at(-1) : undefined;
  if (!reached) return null;
  return (
    <p className={styles['facts']}>
      <Badge tone="reward">{t('done.reached', { reward: reached.reward.name })}</Badge>
    </p>
  );
}
