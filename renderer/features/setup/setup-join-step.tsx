import { useRef, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import styles from './setup-screen.module.css';
import { useJoining, type JoinFailure } from './use-joining.ts';

/** The wire takes 100; a name is read on a list. */
const MAX_TILL_NAME_LENGTH = 40;

/** About the invitation itself; what else goes wrong is said under the form. */
const OF_INVITATION: ReadonlySet<JoinFailure> = new Set<JoinFailure>([
  'bad-invitation',
  'bad-address',
  'bad-code',
  'no-answer',
  'tls',
  'not-ours',
]);

/** The other way to begin: the shop is there already, and this till becomes one of its tills. */
export function SetupJoinStep({ onBack }: { readonly onBack: () => void }) {
  const { t } = useTranslation(['setup', 'sync', 'common']);
  const joining = useJoining();
  const { failure, isChecked } = joining;
  const name = useRef<HTMLInputElement>(null);
  const words = failure === undefined ? undefined : t(`sync:pairing.failure.${failure}`);
  const isBeside = failure !== undefined && OF_INVITATION.has(failure);
  const missing = isChecked && !joining.hasInvitation ? t('sync:pairing.invitationMissing') : undefined;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void joining.join();
  };
  return (
    <>
      <div className={styles['titles']}>
        <h1>{t('join')}</h1>
        <p>{t('joinLead')}</p>
      </div>
      <form className={styles['fields']} onSubmit={submit} noValidate>
        <TextField
          label={t('sync:pairing.invitation')}
          description={t('sync:pairing.invitationNote')}
          placeholder="tenpunch:…"
          rows={4}
          isNumeric
          maxLength={2000}
          value={joining.invitation}
          onChange={joining.setInvitation}
          error={missing ?? (isBeside ? words : undefined)}
          // A scanner ends with Enter: on to the name, instead of a line that belongs to nothing.
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            name.current?.focus();
          }}
          autoFocus
        />
        <TextField
          label={t('sync:pairing.name')}
          description={t('sync:pairing.nameNote')}
          placeholder={t('sync:pairing.namePlaceholder')}
          maxLength={MAX_TILL_NAME_LENGTH}
          value={joining.name}
          onChange={joining.setName}
          inputRef={name}
          error={isChecked && !joining.hasName ? t('sync:pairing.nameMissing') : undefined}
        />
        {words === undefined || isBeside ? null : (
          <Banner tone="error" role="alert" title={t('sync:pairing.failed')}>
            {words}
          </Banner>
        )}
        <div className={styles['actions']}>
          <Button size="lg" onPress={onBack} isDisabled={joining.isPending}>
            {t('common:back')}
          </Button>
          <Button type="submit" variant="primary" size="lg" isFullWidth isPending={joining.isPending}>
            {t('sync:pairing.join')}
          </Button>
        </div>
      </form>
    </>
  );
}
