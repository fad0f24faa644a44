import { useState } from 'react';
import { balanceOf, findProgramState, type MemberState } from '#shared/domain/member-state.ts';
import { isStampProgram, type ProgramDefinition } from '#shared/domain/program.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import type { Appended } from '#renderer/data/ledger-port.ts';
import { NumberField } from '#renderer/ui/number-field.tsx';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { Select } from '#renderer/ui/select.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import { EditDialog } from './edit-dialog.tsx';
import styles from './edit-dialog.module.css';
import { maxAdjustment, MAX_REASON_LENGTH } from './members.commands.ts';
import { useIntent, useMemberCommands } from './use-intent.ts';
import type { Words } from './use-words.ts';

interface AdjustDialogProps {
  readonly member: MemberId;
  /** As of today. */
  readonly state: MemberState;
  /** The newest version of each program. */
  readonly programs: readonly ProgramDefinition[];
  /** The one that was asked for. */
  readonly program: string;
  readonly words: Words;
  readonly onClose: () => void;
  readonly onDone: (appended: Appended | undefined) => void;
}

/** A program in which there is something to count. A withdrawn one keeps what its members hold. */
export function isAdjustable(definition: ProgramDefinition, state: MemberState): boolean {
  const own = findProgramState(state, definition.id);
  const holdsUnits = own !== undefined && balanceOf(own) > 0;
  if (holdsUnits || isStampProgram(definition)) return true;
  const isSold = definition.offers?.some(({ kind }) => kind === 'prepaid') ?? false;
  return definition.earn.length > 0 || definition.headStart > 0 || isSold;
}

/** Stamps or points by hand, up or down, never without a reason. */
export function AdjustDialog(props: AdjustDialogProps) {
  const { member, state, programs, words, onClose, onDone } = props;
  const { t } = words;
  const commands = useMemberCommands();
  const { run, isPending, failure, forgive } = useIntent(onDone);
  const [programId, setProgramId] = useState(props.program);
  const [direction, setDirection] = useState<'add' | 'remove'>('add');
  const [count, setCount] = useState(1);
  const [reason, setReason] = useState('');
  const [hasMissingReason, setMissingReason] = useState(false);

  const program = programs.find(({ id }) => id === programId);
  const kind = program?.unit.kind ?? 'stamps';
  const programState = findProgramState(state, programId);
  const before = programState ? balanceOf(programState) : 0;
  const units = direction === 'add' ? count : -count;
  const after = before + units;
  const save = () => {
    if (reason.trim() === '') return setMissingReason(true);
    return run((id) => commands.adjust({ id, member, program: programId, units, reason }));
  };

  return (
    <EditDialog
      title={t(`members:dialog.adjust.${kind}`)}
      words={words}
      failure={failure}
      isPending={isPending}
      onSave={save}
      onClose={onClose}
    >
      <p className={styles['hint']}>{t('members:dialog.adjustHint')}</p>
      {programs.length > 1 ? (
        <Select
          label={t('members:dialog.program')}
          options={programs.map(({ id, name }) => ({ id, label: name }))}
          value={programId}
          onChange={(next) => {
            setProgramId(next);
            forgive();
          }}
        />
      ) : null}
      <div className={styles['amount']}>
        <Segmented
          label={t('members:dialog.direction')}
          segments={[
            { id: 'add', label: t('members:dialog.add') },
            { id: 'remove', label: t('members:dialog.remove') },
          ]}
          value={direction}
          onChange={(next) => {
            setDirection(next);
            forgive();
          }}
        />
        <NumberField
          label={t('members:dialog.units')}
          value={count}
          onChange={(next) => {
            setCount(next);
            forgive();
          }}
          minValue={1}
          maxValue={program ? maxAdjustment(program) : 1}
          step={1}
          decreaseLabel={t('members:dialog.fewer')}
          increaseLabel={t('members:dialog.more')}
        />
      </div>
      <TextField
        label={t('members:dialog.reason')}
        error={hasMissingReason ? t('members:failure.no-reason') : undefined}
        placeholder={t('members:dialog.reasonPlaceholder')}
        value={reason}
        onChange={(next) => {
          setReason(next);
          setMissingReason(false);
          forgive();
        }}
        maxLength={MAX_REASON_LENGTH}
        isRequired
      />
      {Number.isInteger(count) && after >= 0 ? (
        <p className={styles['preview']}>
          {t('members:dialog.before', {
            before: words.program.units(program, before),
            after: words.program.units(program, after),
          })}
        </p>
      ) : null}
    </EditDialog>
  );
}
