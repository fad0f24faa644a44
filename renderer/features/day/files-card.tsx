import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FolderOpen } from 'lucide-react';
import { useSettings } from '#renderer/data/usual-data.tsx';
import type { ChosenFolder } from '#renderer/platform/export-folder.ts';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { Switch } from '#renderer/ui/switch.tsx';
import styles from './day-screen.module.css';
import { useSaveNames } from './use-save-names.ts';

/** Where the files go, and whether they name anybody. */
export function FilesCard({ isBusy }: { readonly isBusy: boolean }) {
  const { t } = useTranslation('day');
  const { host } = usePlatform();
  const { exportNames } = useSettings();
  const saveNames = useSaveNames();
  const { canChoose } = host.exports;
  const [folder, setFolder] = useState<ChosenFolder>();
  const [problem, setProblem] = useState<'denied' | 'unsupported' | 'unknown'>();
  // Asked again after each work: a browser forgets its permission, or has just been given it.
  const key = isBusy ? 'busy' : 'free';
  useEffect(() => {
    let isShown = true;
    const find = async () => {
      const found = await host.exports.find();
      if (isShown && key === 'free') setFolder(found);
    };
    void find();
    return () => {
      isShown = false;
    };
  }, [host, key]);
  const choose = async () => {
    const chosen = await host.exports.choose();
    if (chosen.ok) {
      setFolder(chosen.value);
      setProblem(undefined);
    } else setProblem(chosen.error.code === 'cancelled' ? undefined : chosen.error.code);
  };
  return (
    <Card title={t('files.title')} description={t('files.text')}>
      <p className={styles['note']}>
        {folder
          ? t('files.folder', { folder: folder.name })
          : t(canChoose ? 'files.noFolder' : 'files.downloads')}
        {folder?.mustAsk ? ` ${t('files.mustAsk')}` : ''}
      </p>
      {problem ? (
        <Banner tone="warning" role="alert">
          {t(`files.problems.${problem}`)}
        </Banner>
      ) : null}
      {canChoose ? (
        <div className={styles['buttons']}>
          <Button icon={FolderOpen} onPress={() => void choose()} isDisabled={isBusy}>
            {folder ? t('files.change') : t('files.choose')}
          </Button>
        </div>
      ) : null}
      <Switch isSelected={exportNames} onChange={saveNames} description={t('files.namesNote')}>
        {t('files.names')}
      </Switch>
    </Card>
  );
}
