import { PhoneOff } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { formatPhone, nearNumbers, parsePhoneNumber } from '#shared/domain/phone-number.ts';
import type { PhoneNumber } from '#shared/lib/brand.ts';
import type { MemberRow } from '#renderer/data/rows.ts';
import { useStore } from '#renderer/data/store-context.tsx';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import { EditDialog } from './edit-dialog.tsx';
import styles from './edit-dialog.module.css';
import type { ProfileDialogProps } from './person-dialogs.tsx';
import { useIntent, useMemberCommands } from './use-intent.ts';

/** Changes the number and nothing else: who gets a new phone keeps every stamp. */
export function NumberDialog({ member, profile, words, onClose, onDone }: ProfileDialogProps) {
  const { t } = words;
  const store = useStore();
  const commands = useMemberCommands();
  const { run, isPending, failure, forgive } = useIntent(onDone);
  const [text, setText] = useState('');
  const [error, setError] = useState<string>();
  const [near, setNear] = useState<readonly MemberRow[]>([]);
  const { country, callingCode } = store.region();

  const give = (phone: PhoneNumber | null) => run((id) => commands.edit({ id, member, change: { phone } }));
  const save = () => {
    const parsed = parsePhoneNumber(text, country);
    if (!parsed.ok) return setError(t(`members:phoneProblem.${parsed.error}`));
    // The second press, with the warning in sight, means it.
    if (near.length > 0) return give(parsed.value);
    const check = async () => {
      const holders = await findNear(parsed.value);
      if (holders.length > 0) setNear(holders);
      else give(parsed.value);
    };
    return void check();
  };
  /** A held number itself is refused by the command; the warning is for its neighbours. */
  const findNear = async (phone: PhoneNumber) => {
    try {
      const holders = await store.search.listHolders(nearNumbers(phone, callingCode));
      return holders.filter((row) => row.id !== member);
    } catch (failed) {
      // The store does not answer: the command will say so, and only it decides.
      if (failed instanceof DOMException) return [];
      throw failed;
    }
  };

  return (
    <EditDialog
      title={t('members:dialog.number')}
      words={words}
      failure={failure}
      isPending={isPending}
      saveLabel={near.length > 0 ? t('members:dialog.saveAnyway') : undefined}
      onSave={save}
      onClose={onClose}
    >
      <p className={styles['hint']}>{t('members:dialog.numberHint')}</p>
      <TextField
        label={t('members:person.number')}
        description={
          profile.phone === null
            ? undefined
            : t('members:dialog.now', {
                value: `\u2066${formatPhone(profile.phone, country)}\u2069`,
              })
        }
        error={error}
        value={text}
        onChange={(next) => {
          setText(next);
          setError(undefined);
          setNear([]);
          forgive();
        }}
        type="tel"
        inputMode="tel"
        size="lg"
        isNumeric
        autoFocus
      />
      {profile.phone === null ? null : (
        <div className={styles['actions']}>
          <Button variant="quiet" icon={PhoneOff} onPress={() => give(null)} isDisabled={isPending}>
            {t('members:dialog.removeNumber')}
          </Button>
        </div>
      )}
      {near.length === 0 ? null : (
        <Banner tone="warning" role="alert">
          {t('members:dialog.near')}
          <ul className={styles['near']}>
            {near.map((row) => (
              <li key={row.id}>
                <Link to={`/members/${row.id}`} onClick={onClose}>
                  <bdi>{row.name === '' ? t('common:noName') : row.name}</bdi>
                </Link>{' '}
                <span className="ltr tabular">{row.phone ? formatPhone(row.phone, country) : ''}</span>
              </li>
            ))}
          </ul>
        </Banner>
      )}
    </EditDialog>
  );
}
