import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Archive, FileDown } from 'lucide-react';
import { writeProgramFile } from '#shared/domain/program-file.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { APP_VERSION } from '#renderer/platform/app-version.ts';
import type { SaveError, SaveOutcome } from '#renderer/platform/host.ts';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import type { Result } from '#shared/lib/result.ts';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import styles from './program-editor.module.css';
import { programFileName } from './program-file-name.ts';
import { WithdrawDialog } from './withdraw-dialog.tsx';

/** What can be done with a published program besides changing it. */
export function ManageCard({ program }: { readonly program: ProgramDefinition }) {
  const { t } = useTranslation('programs');
  const { host, clock, log } = usePlatform();
  const [saved, setSaved] = useState<Result<SaveOutcome, SaveError>>();
  const [isSaving, setSaving] = useState(false);
  const [isWithdrawing, setWithdrawing] = useState(false);
  const save = async () => {
    setSaving(true);
    const outcome = await host.saveFile({
      suggestedName: programFileName(program),
      kind: 'json',
      contents: writeProgramFile({ program, app: APP_VERSION, atMs: clock.now() }),
    });
    setSaving(false);
    if (!outcome.ok) log.error('program-export-failed', { code: outcome.error.code });
    setSaved(outcome);
  };
  return (
    <Card title={t('manage.title')}>
      <Saved outcome={saved} />
      <ul className={styles['manage']}>
        <li className={styles['manageItem']}>
          <Button icon={FileDown} onPress={() => void save()} isPending={isSaving}>
            {t('manage.export')}
          </Button>
          <p>{t('manage.exportNote')}</p>
        </li>
        {program.isWithdrawn ? null : (
          <li className={styles['manageItem']}>
            <Button icon={Archive} onPress={() => setWithdrawing(true)}>
              {t('manage.withdraw')}
            </Button>
            <p>{t('manage.withdrawNote')}</p>
          </li>
        )}
      </ul>
      {isWithdrawing ? <WithdrawDialog program={program} onClose={() => setWithdrawing(false)} /> : null}
    </Card>
  );
}

function Saved({ outcome }: { readonly outcome: Result<SaveOutcome, SaveError> | undefined }) {
  const { t } = useTranslation('programs');
  if (!outcome) return null;
  if (!outcome.ok) {
    return (
      <Banner tone="error" role="alert">
        {t(`manage.saveFailed.${outcome.error.code}`)}
      </Banner>
    );
  }
  switch (outcome.value.kind) {
    case 'cancelled':
      return null;
    case 'sent-to-downloads':
      return (
        <Banner tone="success" role="status">
          {t('manage.downloads')}
        </Banner>
      );
    case 'saved': {
      const { folderName: folder } = outcome.value;
      return (
        <Banner tone="success" role="status">
          {folder === undefined ? t('manage.saved') : t('manage.savedIn', { folder })}
        </Banner>
      );
    }
  }
}
