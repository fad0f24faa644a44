import styles from './skeleton.module.css';

export interface SkeletonProps {
  /** CSS lengths. */
  readonly width?: string | undefined;
  readonly height?: string | undefined;
  readonly shape?: 'line' | 'block' | 'circle' | undefined;
}

/** Where something is about to be. Hidden from screen readers: say "loading" once, around it. */
export function Skeleton({ width = '100%', height, shape = 'line' }: SkeletonProps) {
  return (
    <span
      aria-hidden
      className={styles['skeleton']}
      data-shape={shape}
      style={{ inlineSize: width, ...(height === undefined ? {} : { blockSize: height }) }}
    />
  );
}
