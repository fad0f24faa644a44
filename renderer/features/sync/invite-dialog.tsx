import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Copy, QrCode } from 'lucide-react';
import { isOfThisComputer } from '#shared/sync/endpoint-address.ts';
import type { AskFailure, Invitation, SyncDesk } from '#renderer/sync/sync-desk.ts';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { useNow } from '#renderer/platform/use-now.ts';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { DrawnPicture, type Picture } from '#renderer/ui/drawn-picture.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import styles from './sync-screen.module.css';

interface InviteDialogProps {
  readonly desk: SyncDesk;
  readonly onClose: () => void;
}

type Asked =
  | { readonly phase: 'not-yet' | 'asking' }
  | { readonly phase: 'failed'; readonly code: AskFailure['code'] }
  | { readonly phase: 'here'; readonly invitation: Invitation };

/** The shop's key is in it, so it is shown only after somebody has read that. */
export function InviteDialog({ desk, onClose }: InviteDialogProps) {
  const { t } = useTranslation(['sync', 'common']);
  const nowMs = useNow();
  const [asked, setAsked] = useState<Asked>({ phase: 'not-yet' });
  const ask = async () => {
    setAsked({ phase: 'asking' });
    const answer = await desk.invite();
    setAsked(
      answer.ok ? { phase: 'here', invitation: answer.value } : { phase: 'failed', code: answer.error.code },
    );
  };
  const address = desk.status().endpoint?.address ?? '';
  const isExpired = asked.phase === 'here' && asked.invitation.expiresAt <= nowMs;
  const isShown = asked.phase === 'here' && !isExpired;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('invite.title')}
      closeLabel={t('common:close')}
      width={isShown ? 'lg' : 'md'}
      actions={
        <>
          {isShown ? null : (
            <Button size="lg" onPress={onClose}>
              {t('common:cancel')}
            </Button>
          )}
          {/* One and the same button, so that it keeps the focus: without one in here Escape would go nowhere. */}
          <Button
            size="lg"
            variant="primary"
            icon={isShown ? undefined : QrCode}
            isPending={asked.phase === 'asking'}
            onPress={() => (isShown ? onClose() : void ask())}
          >
            {isShown ? t('common:done') : isExpired ? t('invite.renew') : t('invite.show')}
          </Button>
        </>
      }
    >
      <div className={styles['invite']}>
        {isShown ? <Shown invitation={asked.invitation} /> : <p>{t('invite.how')}</p>}
        <Banner tone="warning">{t('invite.warning')}</Banner>
        {isOfThisComputer(address) ? (
          <Banner tone="info">{t('invite.thisComputer', { address })}</Banner>
        ) : null}
        {asked.phase === 'failed' ? (
          <Banner tone="error" role="alert">
            {t(`tills.failure.${asked.code}`)}
          </Banner>
        ) : null}
        {isExpired ? (
          <Banner tone="info" role="status">
            {t('invite.expired')}
          </Banner>
        ) : null}
      </div>
    </Dialog>
  );
}

function Shown({ invitation }: { readonly invitation: Invitation }) {
  const { t } = useTranslation('sync');
  const { host } = usePlatform();
  const format = useFormat();
  const picture = usePicture(invitation.text);
  const [outcome, setOutcome] = useState<'copied' | 'copyFailed'>();
  const copy = async () => setOutcome((await host.copyText(invitation.text)).ok ? 'copied' : 'copyFailed');
  return (
    <div className={styles['invitation']}>
      {picture === null ? (
        <p className={styles['soft']}>{t('invite.notDrawn')}</p>
      ) : (
        <div className={styles['qr']}>
          {picture ? <DrawnPicture picture={picture} label={t('invite.picture')} /> : null}
        </div>
      )}
      <div className={styles['invitationTexts']}>
        <p role="status" className={styles['strong']}>
          {t('invite.expires', { time: format.time(invitation.expiresAt) })}
        </p>
        <TextField label={t('invite.text')} value={invitation.text} rows={6} isNumeric isReadOnly />
        <div className={styles['buttons']}>
          <Button icon={Copy} onPress={() => void copy()}>
            {t('invite.copy')}
          </Button>
          <span role="status">{outcome === undefined ? null : t(`invite.${outcome}`)}</span>
        </div>
      </div>
    </div>
  );
}

/** Undefined while it is drawn, null when it can't be. */
function usePicture(text: string): Picture | null | undefined {
  const { log } = usePlatform();
  const [drawn, setDrawn] = useState<{ readonly text: string; readonly picture: Picture | null }>();
  useEffect(() => {
    let isLeft = false;
    const draw = async () => {
      let picture: Picture | null = null;
      try {
        const { encodeQr } = await import('#renderer/ui/encode-qr.ts');
        picture = encodeQr(text);
      } catch (error) {
        log.error('invitation-not-drawn', { name: error instanceof Error ? error.name : 'unknown' });
      }
      if (!isLeft) setDrawn({ text, picture });
    };
    void draw();
    return () => {
      isLeft = true;
    };
  }, [text, log]);
  return drawn?.text === text ? drawn.picture : undefined;
}
