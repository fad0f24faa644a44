import { useTranslation } from 'react-i18next';
import { Usb } from 'lucide-react';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { FileDrop } from '#renderer/ui/file-drop.tsx';
import styles from './day-screen.module.css';
import type { Day } from './use-day.ts';

/** What a person carries where the network does not reach: out of this till, and into it. */
export function SyncFileCard({ day }: { readonly day: Day }) {
  const { t } = useTranslation('day');
  const isBusy = day.running !== undefined;
  return (
    <Card title={t('syncFile.title')} description={t('syncFile.text')}>
      <div className={styles['buttons']}>
        <Button icon={Usb} onPress={() => void day.writeSyncFile()} isDisabled={isBusy}>
          {t('syncFile.write')}
        </Button>
      </div>
      <FileDrop
        label={t('syncFile.drop')}
        description={t('syncFile.dropNote')}
        buttonLabel={t('syncFile.read')}
        acceptedFileTypes={['.json', 'application/json']}
        isDisabled={isBusy}
        onFiles={([file]) => file && void day.takeSyncFile(file)}
      />
    </Card>
  );
}
