import { Sparkles } from 'lucide-react';
import { useState } from 'react';
import { formatCardCode, parseCardCode, repairCardCode } from '#shared/domain/card-code.ts';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import { EditDialog } from './edit-dialog.tsx';
import styles from './edit-dialog.module.css';
import type { ProfileDialogProps } from './person-dialogs.tsx';
import { useIntent, useMemberCommands } from './use-intent.ts';

/** Gives, changes or takes away a card code: scanned, typed or made new. */
export function CardDialog({ member, profile, words, onClose, onDone }: ProfileDialogProps) {
  const { t } = words;
  const commands = useMemberCommands();
  const { run, isPending, failure, forgive } = useIntent(onDone);
  // Empty: a scanner would type behind the code that is already there.
  const [text, setText] = useState('');
  const [error, setError] = useState<string>();
  const [isMistyped, setMistyped] = useState(false);

  const change = (next: string) => {
    setText(next);
    setError(undefined);
    setMistyped(false);
    forgive();
  };
  const give = (card: string | null) => run((id) => commands.edit({ id, member, change: { card } }));
  const save = () => {
    const code = parseCardCode(text);
    if (code === undefined) return setError(t('members:dialog.badCode'));
    // Codes of other systems may have nine characters too, so a wrong check only asks once more.
    if (code !== profile.card && repairCardCode(code).isMistyped && !isMistyped) return setMistyped(true);
    return give(isMistyped ? code : repaired(code));
  };

  return (
    <EditDialog
      title={t('members:dialog.card')}
      words={words}
      failure={failure}
      isPending={isPending}
      saveLabel={isMistyped ? t('members:dialog.saveAnyway') : undefined}
      onSave={save}
      onClose={onClose}
    >
      <TextField
        data-scan-target
        label={t('members:dialog.cardField')}
        description={
          profile.card === null
            ? t('members:dialog.cardHint')
            : `${t('members:dialog.now', { value: `\u2066${formatCardCode(profile.card)}\u2069` })} · ${t('members:dialog.cardHint')}`
        }
        error={error}
        value={text}
        onChange={change}
        maxLength={160}
        size="lg"
        isNumeric
        autoFocus
      />
      <div className={styles['actions']}>
        <Button icon={Sparkles} onPress={() => change(formatCardCode(commands.newCardCode()))}>
          {t('members:dialog.newCode')}
        </Button>
        {profile.card === null ? null : (
          <Button variant="quiet" onPress={() => give(null)} isDisabled={isPending}>
            {t('members:dialog.removeCard')}
          </Button>
        )}
      </div>
      {isMistyped ? (
        <Banner tone="warning" role="alert">
          {t('members:dialog.mistyped')}
        </Banner>
      ) : null}
    </EditDialog>
  );
}

/** Look-alikes of our own codes as what they stand for; anything else as it is. */
function repaired(code: string): string {
  const { code: plain, isMistyped } = repairCardCode(code);
  return isMistyped ? code : plain;
}
