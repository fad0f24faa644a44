import { useState } from 'react';
import { cleanName } from '#shared/domain/person-name.ts';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import styles from './counter.module.css';

/** Why something out of the ordinary is done: one of the usual reasons, or `other` in a few words. */

const MAX_REASON_LENGTH = 80;
const OTHER = 'other';

export interface ChosenReason {
  /** As it is kept; empty while `other` says nothing. */
  readonly given: string;
  readonly segments: readonly { readonly id: string; readonly label: string }[];
  readonly id: string;
  readonly choose: (id: string) => void;
  readonly other: string;
  readonly setOther: (text: string) => void;
}

export function useReason<Id extends string>(
  ids: readonly [Id, ...Id[]],
  labelOf: (id: Id) => string,
): ChosenReason {
  const [id, setId] = useState<Id>(ids[0]);
  const [other, setOther] = useState('');
  return {
    given: id === OTHER ? cleanName(other) : labelOf(id),
    segments: ids.map((each) => ({ id: each, label: labelOf(each) })),
    id,
    choose: (chosen) => setId(ids.find((each) => each === chosen) ?? ids[0]),
    other,
    setOther,
  };
}

interface ReasonFieldsProps {
  readonly reason: ChosenReason;
  readonly label: string;
  readonly otherLabel: string;
  readonly help: string;
}

export function ReasonFields({ reason, label, otherLabel, help }: ReasonFieldsProps) {
  return (
    <>
      <Segmented
        label={label}
        segments={[...reason.segments]}
        value={reason.id}
        onChange={reason.choose}
        isFullWidth
      />
      {reason.id === OTHER ? (
        <TextField
          label={otherLabel}
          value={reason.other}
          onChange={reason.setOther}
          maxLength={MAX_REASON_LENGTH}
          autoFocus
        />
      ) : null}
      <p className={styles['note']}>{help}</p>
    </>
  );
}
