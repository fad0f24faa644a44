import { useState } from 'react';
import { TextField } from '#renderer/ui/text-field.tsx';

/** Longer than any list somebody types. */
const MAX_LIST_LENGTH = 1000;

interface ListFieldProps {
  readonly label: string;
  readonly description?: string | undefined;
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
}

/** Names with commas between them. The text stays as it is typed; what it lists goes out. */
export function ListField({ label, description, value, onChange }: ListFieldProps) {
  const [text, setText] = useState(() => value.join(', '));
  return (
    <TextField
      label={label}
      description={description}
      value={text}
      maxLength={MAX_LIST_LENGTH}
      onChange={(typed) => {
        setText(typed);
        onChange(
          typed
            .split(/[,،、\n]/u)
            .map((name) => name.trim())
            .filter((name) => name !== ''),
        );
      }}
    />
  );
}
