import { useTranslation } from 'react-i18next';
import type { StopCause } from '#shared/sync/sync-state.ts';
import type { SyncDesk, SyncStatus } from '#renderer/sync/sync-desk.ts';
import { Banner } from '#renderer/ui/banner.tsx';

/** Why nothing is sent any more, and what a manager does about it. */
export function HaltBanner({ status, desk }: { readonly status: SyncStatus; readonly desk: SyncDesk }) {
  const { t } = useTranslation('sync');
  const halt = haltOf(status);
  if (!halt) return null;
  return (
    <Banner
      tone="error"
      role="alert"
      title={t(`halt.${halt}Title`)}
      {...(isMended(halt) ? { action: { label: t('halt.again'), onPress: () => desk.syncNow() } } : {})}
    >
      {t(`halt.${halt}Text`)}
    </Banner>
  );
}

/** Another code or invitation is the way out of these two. */
export function needsPairingAgain(status: SyncStatus): boolean {
  const halt = haltOf(status);
  return halt === 'paused' || halt === 'revoked';
}

/** An update or a new certificate may have come: trying once more harms nothing. */
const isMended = (halt: 'paused' | StopCause): boolean => halt === 'too-old' || halt === 'tls';

function haltOf({ phase }: SyncStatus): 'paused' | StopCause | undefined {
  if (phase.kind === 'paused') return 'paused';
  return phase.kind === 'stopped' ? phase.because : undefined;
}
