import { Eye, EyeOff, Pencil } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { formatPhone, maskPhone } from '#shared/domain/phone-number.ts';
import type { ProfileContent, ProfileField } from '#shared/domain/profile.ts';
import { useStore } from '#renderer/data/store-context.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import styles from './member-screen.module.css';
import type { Words } from './use-words.ts';

interface PersonCardProps {
  readonly profile: ProfileContent;
  readonly words: Words;
  readonly onEdit: (field: Exclude<ProfileField, 'card'>) => void;
}

/** Who it is. The number is masked until asked for: customers see this screen too. */
export function PersonCard({ profile, words, onEdit }: PersonCardProps) {
  const { t, format } = words;
  const store = useStore();
  const [isRevealed, setRevealed] = useState(false);
  const { name, phone, birthday, note } = profile;
  const none = <span className={styles['soft']}>{t('members:person.none')}</span>;
  return (
    <Card title={t('members:person.title')}>
      <dl className={styles['facts']}>
        <Fact
          term={t('members:person.name')}
          action={
            <IconButton icon={Pencil} label={t('members:person.editName')} onPress={() => onEdit('name')} />
          }
        >
          {name === '' ? none : <bdi>{name}</bdi>}
        </Fact>
        <Fact
          term={t('members:person.number')}
          action={
            <>
              {phone === null ? null : (
                <IconButton
                  icon={isRevealed ? EyeOff : Eye}
                  label={t(isRevealed ? 'members:person.hide' : 'members:person.show')}
                  onPress={() => setRevealed(!isRevealed)}
                />
              )}
              <IconButton
                icon={Pencil}
                label={t('members:person.editNumber')}
                onPress={() => onEdit('phone')}
              />
            </>
          }
        >
          {phone === null ? (
            none
          ) : (
            <span className="ltr tabular">
              {isRevealed ? formatPhone(phone, store.region().country) : maskPhone(phone)}
            </span>
          )}
        </Fact>
        <Fact
          term={t('members:person.birthday')}
          action={
            <IconButton
              icon={Pencil}
              label={t('members:person.editBirthday')}
              onPress={() => onEdit('birthday')}
            />
          }
        >
          {birthday === null ? none : format.day(birthday)}
        </Fact>
        <Fact
          term={t('members:person.note')}
          action={
            <IconButton icon={Pencil} label={t('members:person.editNote')} onPress={() => onEdit('note')} />
          }
        >
          {note === '' ? none : <bdi className={styles['note']}>{note}</bdi>}
        </Fact>
      </dl>
    </Card>
  );
}

function Fact(props: { readonly term: string; readonly action: ReactNode; readonly children: ReactNode }) {
  return (
    <div className={styles['fact']}>
      <dt>{props.term}</dt>
      <dd className={styles['value']}>{props.children}</dd>
      <dd className={styles['factActions']}>{props.action}</dd>
    </div>
  );
}
