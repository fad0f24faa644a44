import { Copy, FileDown } from 'lucide-react';
import { useState } from 'react';
import { plainDayAt } from '#shared/lib/plain-day.ts';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import type { Toast } from '#renderer/ui/toast.tsx';
import { copyAsJson, copyAsText, copyFileName, type CopySource } from './member-copy.ts';
import styles from './member-screen.module.css';
import type { Words } from './use-words.ts';

interface CopyCardProps {
  /** Undefined until the whole history is read: a copy with a part missing would be wrong. */
  readonly source: Omit<CopySource, 'madeAt'> | undefined;
  readonly words: Words;
  readonly show: (toast: Toast) => void;
}

const TOAST = 'copy';

/** One click, everything kept about this member. */
export function CopyCard({ source, words, show }: CopyCardProps) {
  const { t } = words;
  const { host, clock } = usePlatform();
  const [isSaving, setSaving] = useState(false);

  const tell = (message: string, tone: 'success' | 'error') => show({ id: TOAST, message, tone });
  const save = async () => {
    if (!source) return;
    const madeAt = clock.now();
    setSaving(true);
    try {
      const saved = await host.saveFile({
        suggestedName: copyFileName(source.member, plainDayAt(madeAt, clock.timeZone())),
        kind: 'json',
        contents: copyAsJson({ ...source, madeAt }, words),
      });
      if (!saved.ok) return tell(t(`members:copy.failed.${saved.error.code}`), 'error');
      const outcome = saved.value;
      if (outcome.kind === 'sent-to-downloads') tell(t('members:copy.downloads'), 'success');
      if (outcome.kind === 'saved') {
        const { folderName: folder } = outcome;
        tell(
          folder === undefined ? t('members:copy.saved') : t('members:copy.savedIn', { folder }),
          'success',
        );
      }
    } finally {
      setSaving(false);
    }
    return undefined;
  };
  const copy = async () => {
    if (!source) return;
    const copied = await host.copyText(copyAsText({ ...source, madeAt: clock.now() }, words));
    if (copied.ok) tell(t('common:copied'), 'success');
    else tell(t('members:copy.clipboardFailed'), 'error');
  };

  return (
    <Card title={t('members:copy.title')} description={t('members:copy.text')}>
      <div className={styles['buttons']}>
        <Button icon={FileDown} onPress={() => void save()} isDisabled={!source} isPending={isSaving}>
          {t('members:copy.file')}
        </Button>
        <Button icon={Copy} onPress={() => void copy()} isDisabled={!source}>
          {t('members:copy.clipboard')}
        </Button>
      </div>
    </Card>
  );
}
