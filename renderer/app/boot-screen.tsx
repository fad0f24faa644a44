import { useTranslation } from 'react-i18next';
import { Database, DatabaseZap, RefreshCw, Store } from 'lucide-react';
import { Button } from '#renderer/ui/button.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Frame } from '#renderer/ui/frame.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Progress } from '#renderer/ui/progress.tsx';
import type { Opening } from './store-opening.ts';

interface BootScreenProps {
  readonly opening: Exclude<Opening, { phase: 'open' }>;
  readonly onReload: () => void;
  readonly onStartAnew: () => void;
}

/** Before the store is open: what is happening, or what to do when it can't be opened. */
export function BootScreen({ opening, onReload, onStartAnew }: BootScreenProps) {
  const { t } = useTranslation();
  if (opening.phase === 'opening') {
    const { rebuild } = opening;
    // A store opens in a blink; only a rebuild is worth a screen.
    if (!rebuild) return <Frame>{null}</Frame>;
    return (
      <Frame>
        <Page title={t('app')} isTitleHidden width="narrow">
          <Progress label={t('boot.rebuilding')} value={rebuild.doneEvents} maxValue={rebuild.totalEvents} />
        </Page>
      </Frame>
    );
  }
  if (opening.failure.code === 'lost') {
    return (
      <Frame>
        <Page title={t('app')} isTitleHidden width="narrow">
          <EmptyState
            icon={DatabaseZap}
            title={t('boot.lostTitle')}
            actions={
              <Button icon={Store} onPress={onStartAnew} size="lg">
                {t('boot.lostStartAnew')}
              </Button>
            }
          >
            <p>{t('boot.lostText')}</p>
            <p>{t('boot.lostHelp')}</p>
          </EmptyState>
        </Page>
      </Frame>
    );
  }
  const isNewer = opening.failure.code === 'newer-data';
  return (
    <Frame>
      <Page title={t('app')} isTitleHidden width="narrow">
        <EmptyState
          icon={Database}
          title={isNewer ? t('boot.newerTitle') : t('boot.failedTitle')}
          actions={
            <Button icon={RefreshCw} onPress={onReload} size="lg">
              {t('boot.reload')}
            </Button>
          }
        >
          {opening.failure.code === 'newer-data'
            ? t('boot.newerText')
            : t(`storage.${opening.failure.problem}`)}
        </EmptyState>
      </Page>
    </Frame>
  );
}
