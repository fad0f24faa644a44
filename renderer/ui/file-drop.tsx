import { FileUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { DropZone, Text } from 'react-aria-components/DropZone';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import styles from './file-drop.module.css';

export interface FileDropProps {
  readonly label: string;
  readonly description?: ReactNode;
  readonly buttonLabel: string;
  readonly onFiles: (files: readonly File[]) => void;
  /** Media types or endings, for example text/csv or .csv; limits the file chooser, what is dropped is not checked. */
  readonly acceptedFileTypes?: readonly string[] | undefined;
  readonly allowsMultiple?: boolean | undefined;
  readonly isDisabled?: boolean | undefined;
}

export function FileDrop({
  label,
  description,
  buttonLabel,
  onFiles,
  acceptedFileTypes,
  allowsMultiple = false,
  isDisabled = false,
}: FileDropProps) {
  const handOver = (files: readonly File[]) => {
    const chosen = allowsMultiple ? files : files.slice(0, 1);
    if (chosen.length > 0) onFiles(chosen);
  };
  return (
    <DropZone
      isDisabled={isDisabled}
      className={classNames(styles['zone'])}
      onDrop={(event) => {
        const files = event.items.filter((item) => item.kind === 'file');
        void Promise.all(files.map((item) => item.getFile())).then(handOver);
      }}
    >
      <FileUp aria-hidden className={styles['icon']} />
      <div className={styles['texts']}>
        <Text slot="label" className={classNames(styles['label'])}>
          {label}
        </Text>
        {description === undefined ? null : <p className={styles['description']}>{description}</p>}
      </div>
      <FileTrigger
        allowsMultiple={allowsMultiple}
        {...(acceptedFileTypes ? { acceptedFileTypes } : {})}
        onSelect={(files) => handOver([...(files ?? [])])}
      >
        <Button isDisabled={isDisabled}>{buttonLabel}</Button>
      </FileTrigger>
    </DropZone>
  );
}
