import { useTranslation } from 'react-i18next';
import { ArrowLeft, GraduationCap } from 'lucide-react';
import { useNavigate } from 'react-router';
import { listUnseenAlarms } from '#renderer/data/alarms.ts';
import { useLive, useStore } from '#renderer/data/store-context.tsx';
import { useIsPastComing } from '#renderer/data/use-is-past-coming.ts';
import { useSettings } from '#renderer/data/usual-data.tsx';
import { useNow } from '#renderer/platform/use-now.ts';
import { useSyncDesk, useSyncStatus } from '#renderer/sync/sync-context.tsx';
import type { SyncDesk, SyncStatus } from '#renderer/sync/sync-desk.ts';
import { moodOf } from '#renderer/sync/sync-mood.ts';
import { Column, Columns } from '#renderer/ui/columns.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { AlarmsCard, SHOWN_ALARMS } from './alarms-card.tsx';
import { DetailsCard } from './details-card.tsx';
import { HaltBanner, needsPairingAgain } from './halt-banner.tsx';
import { HoldCard } from './hold-card.tsx';
import { PairingCard } from './pairing-card.tsx';
import { SetAsideCard } from './set-aside-card.tsx';
import { StatusCard } from './status-card.tsx';
import { StickCard } from './stick-card.tsx';
import styles from './sync-screen.module.css';
import { TillsCard } from './tills-card.tsx';
import { UnpairCard } from './unpair-card.tsx';
import { UnsentCard } from './unsent-card.tsx';

/** How this till and the others keep in step. A cashier never needs it; a manager reads one sentence. */
export function SyncScreen() {
  const { t } = useTranslation('sync');
  const navigate = useNavigate();
  const { isPractice } = useStore();
  return (
    <Page
      title={t('title')}
      width={isPractice ? 'narrow' : 'wide'}
      lead={
        <IconButton
          icon={ArrowLeft}
          isMirrored
          label={t('back')}
          onPress={() => void navigate('/settings')}
        />
      }
    >
      {isPractice ? (
        <EmptyState icon={GraduationCap} title={t('practice.title')}>
          {t('practice.text')}
        </EmptyState>
      ) : (
        <ShopSync />
      )}
    </Page>
  );
}

function ShopSync() {
  const desk = useSyncDesk();
  const status = useSyncStatus();
  return status.endpoint ? <Paired desk={desk} status={status} /> : <Unpaired desk={desk} />;
}

function Unpaired({ desk }: { readonly desk: SyncDesk }) {
  const { alarms, total } = useUnseen();
  return (
    <>
      <AlarmsCard alarms={alarms} total={total} />
      <div className={styles['mainFirst']}>
        <PairingCard desk={desk} />
        <StickCard />
      </div>
    </>
  );
}

const NOTHING_UNSEEN = { alarms: [], total: 0 };

const useUnseen = () =>
  useLive(({ database }) => listUnseenAlarms(database, SHOWN_ALARMS), []) ?? NOTHING_UNSEEN;

function Paired({ desk, status }: { readonly desk: SyncDesk; readonly status: SyncStatus }) {
  const { identity } = useStore();
  const nowMs = useNow();
  const { alarms, total } = useUnseen();
  const { holdsSync } = useSettings();
  const isPastComing = useIsPastComing();
  const mood = moodOf(status, { nowMs, unseenAlarms: total, isHeld: holdsSync });
  return (
    <>
      <HaltBanner status={status} desk={desk} />
      <StatusCard status={status} mood={mood} isHeld={holdsSync} desk={desk} />
      {needsPairingAgain(status) ? (
        <PairingCard desk={desk} formerAddress={status.endpoint?.address} />
      ) : null}
      <SetAsideCard setAside={status.setAside} desk={desk} />
      <AlarmsCard alarms={alarms} total={total} />
      <Columns>
        {/* Opening this screen must not be a contact. */}
        {holdsSync ? null : <TillsCard desk={desk} thisTill={identity.till} />}
        <Column>
          <UnsentCard status={status} />
          <StickCard />
          <HoldCard />
          <UnpairCard status={status} desk={desk} isPastComing={isPastComing} />
        </Column>
      </Columns>
      <DetailsCard status={status} />
    </>
  );
}
