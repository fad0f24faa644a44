import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Moon } from 'lucide-react';
import { nextToClose, type WaitingDay } from '#shared/domain/day-close.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import type { DayLook } from '#renderer/data/day/day-job.ts';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { Keycap } from '#renderer/ui/keycap.tsx';
import { Segmented } from '#renderer/ui/segmented.tsx';
import styles from './day-screen.module.css';

interface CloseCardProps {
  readonly look: DayLook;
  readonly isBusy: boolean;
  readonly onClose: () => void;
  readonly onCloseForgotten: () => void;
  readonly onChoose: (day: PlainDay) => void;
}

/** So many are pressed one by one; a shop that never closed a day has hundreds. */
const FEW = 3;
/** As many days as fit on one line; the others come when these are closed. */
const SHOWN_DAYS = 4;

/** Which day, what is left to say about it, and the one key. */
export function CloseCard({ look, isBusy, onClose, onCloseForgotten, onChoose }: CloseCardProps) {
  const { t } = useTranslation('day');
  const format = useFormat();
  const { plan, chosen, unsent } = look;
  const { forgotten, today } = plan;
  const waiting = [...forgotten.slice(0, SHOWN_DAYS), ...(today ? [today] : [])];
  const button = useRef<HTMLButtonElement>(null);
  useEnter(button, isBusy);
  if (!chosen) {
    return (
      <Card tone="sunken" title={t('close.allClosed')}>
        <p>{t('close.allClosedText')}</p>
      </Card>
    );
  }
  const isLast = forgotten.length + (today ? 1 : 0) <= 1;
  const isNext = nextToClose(plan)?.day === chosen.day;
  return (
    <Card
      tone="accent"
      padding="lg"
      title={
        chosen.closes > 0
          ? t('close.supplementTitle', { day: format.day(chosen.day) })
          : format.day(chosen.day)
      }
      description={t('close.events', { count: chosen.events, formatted: format.number(chosen.events) })}
    >
      {forgotten.length > 0 ? (
        <Banner tone="warning" title={t('close.forgotten', { count: forgotten.length })}>
          {isNext ? t('close.forgottenText') : t('close.notOldest')}
        </Banner>
      ) : null}
      {isLast ? null : (
        <Segmented
          label={t('close.which')}
          segments={waiting.map(({ day }: WaitingDay) => ({ id: day, label: format.day(day) }))}
          value={chosen.day}
          onChange={onChoose}
        />
      )}
      <Notes look={look} />
      <div className={styles['go']}>
        <Button
          ref={button}
          variant="primary"
          size="xl"
          icon={Moon}
          isDisabled={isBusy}
          onPress={onClose}
          hint={<Keycap>⏎</Keycap>}
          autoFocus
        >
          {chosen.closes > 0 ? t('close.goSupplement') : t('close.go')}
        </Button>
        {forgotten.length > FEW ? (
          <Button size="lg" isDisabled={isBusy} onPress={onCloseForgotten}>
            {t('close.goForgotten', { count: forgotten.length })}
          </Button>
        ) : null}
        <p className={styles['note']}>
          <UnsentText unsent={unsent} />
        </p>
      </div>
    </Card>
  );
}

/** Where else the entries are. What a stick has carried nobody knows, so only an endpoint is spoken of. */
function UnsentText({ unsent: { events, carried, hasEndpoint } }: Pick<DayLook, 'unsent'>) {
  const { t } = useTranslation('day');
  const format = useFormat();
  const counted = (count: number) => ({ count, formatted: format.number(count) });
  if (!hasEndpoint) return t('close.noEndpoint');
  if (events === 0) return t('close.allSent');
  const texts = [
    t('close.unsent', counted(events)),
    ...(carried > 0 ? [t('close.carried', counted(carried))] : []),
  ];
  return texts.join(' ');
}

/** What came for days that are closed, and what no till counts. */
function Notes({ look }: { readonly look: DayLook }) {
  const { t } = useTranslation('day');
  const format = useFormat();
  const { late, unsent, chosen } = look;
  return (
    <>
      {chosen && chosen.closes > 0 ? <p className={styles['note']}>{t('close.supplementText')}</p> : null}
      {late.map(({ day, events }) => (
        <Banner key={day} tone="info">
          {t('close.late', { count: events, formatted: format.number(events), day: format.day(day) })}
        </Banner>
      ))}
      {unsent.setAside > 0 ? (
        <Banner tone="warning">{t('close.setAside', { count: unsent.setAside })}</Banner>
      ) : null}
    </>
  );
}

/** Enter closes from anywhere on the screen where it means nothing else. */
function useEnter(button: React.RefObject<HTMLButtonElement | null>, isBusy: boolean): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || event.defaultPrevented || event.repeat || isBusy) return;
      const { activeElement } = document;
      if (activeElement && activeElement !== document.body) return;
      button.current?.focus();
      button.current?.click();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [button, isBusy]);
}
