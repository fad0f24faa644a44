import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ClipboardPaste } from 'lucide-react';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { FileDrop } from '#renderer/ui/file-drop.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import { IMPORT_NAMESPACES } from './failure-text.ts';
import styles from './import-screen.module.css';
import type { Source } from './use-import-draft.ts';

export function ChooseFile({ onChoose }: { readonly onChoose: (source: Source) => void }) {
  const { t } = useTranslation(IMPORT_NAMESPACES);
  const [isPasting, setPasting] = useState(false);
  const [text, setText] = useState('');
  const close = () => {
    setPasting(false);
    setText('');
  };
  const takeText = () => {
    onChoose({ file: new Blob([text]), name: t('choose.pasteName') });
    close();
  };
  return (
    <div className={styles['choose']}>
      <FileDrop
        label={t('choose.drop')}
        description={t('choose.note')}
        buttonLabel={t('choose.button')}
        onFiles={([file]) => file && onChoose({ file, name: file.name })}
      />
      <Button variant="quiet" icon={ClipboardPaste} onPress={() => setPasting(true)}>
        {t('choose.paste')}
      </Button>
      <Dialog
        isOpen={isPasting}
        onClose={close}
        title={t('choose.pasteTitle')}
        closeLabel={t('common:close')}
        width="lg"
        actions={
          <>
            <Button onPress={close}>{t('common:cancel')}</Button>
            <Button variant="primary" onPress={takeText} isDisabled={text.trim() === ''}>
              {t('choose.pasteUse')}
            </Button>
          </>
        }
      >
        <TextField
          label={t('choose.pasteLabel')}
          description={t('choose.pasteNote')}
          value={text}
          onChange={setText}
          rows={10}
          autoFocus
        />
      </Dialog>
    </div>
  );
}
