import { useState, type ReactNode } from 'react';
import { cleanName } from '#shared/domain/person-name.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import styles from './counter-dialogs.module.css';

const MAX_REASON_LENGTH = 80;

interface ReasonFormProps<Id extends string> {
  /** What is out of the ordinary. */
  readonly children: ReactNode;
  /** The usual reasons; the last one is said in a few words. */
  readonly reasons: readonly { readonly id: Id; readonly label: string }[];
  readonly texts: {
    readonly reason: string;
    readonly other: string;
    readonly help: string;
    readonly refuse: string;
    readonly submit: string;
  };
  readonly isPending: boolean;
  readonly onRefuse: () => void;
  readonly onSubmit: (reason: string) => void;
}

/** Something out of the ordinary is done only with a reason, and refused unless somebody chooses otherwise. */
export function ReasonForm<Id extends string>(props: ReasonFormProps<Id>) {
  const { children, reasons, texts, isPending, onRefuse, onSubmit } = props;
  const [chosen, choose] = useState(reasons[0]?.id);
  const [other, setOther] = useState('');
  const isOther = chosen === reasons.at(-1)?.id;
  const given = isOther ? cleanName(other) : (reasons.find(({ id }) => id === chosen)?.label ?? '');
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (given !== '') onSubmit(given);
      }}
    >
      {children}
      <Segmented
        label={texts.reason}
        segments={[...reasons]}
        value={chosen ?? ''}
        onChange={(id) => choose(reasons.find((reason) => reason.id === id)?.id)}
        isFullWidth
      />
      {isOther ? (
        <TextField
          label={texts.other}
          value={other}
          onChange={setOther}
          maxLength={MAX_REASON_LENGTH}
          autoFocus
        />
      ) : null}
      <p className={styles['help']}>{texts.help}</p>
      <div className={styles['dialogActions']}>
        <Button size="lg" autoFocus onPress={onRefuse}>
          {texts.refuse}
        </Button>
        <Button type="submit" variant="primary" size="lg" isDisabled={given === ''} isPending={isPending}>
          {texts.submit}
        </Button>
      </div>
    </form>
  );
}
