import 'react';

declare module 'react' {
  /** React sets custom properties like any other; its types don't know them. */
  interface CSSProperties {
    [customProperty: `--${string}`]: string | number | undefined;
  }
}
