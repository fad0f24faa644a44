/** Squares of one unit, black on white, with the quiet zone that scanners need around them. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly path: string;
}

export interface DrawnPictureProps {
  readonly picture: Picture;
  readonly label: string;
  readonly isStretched?: boolean | undefined;
}

/** Black in every theme, because scanners read it: lay it on white. */
export function DrawnPicture({ picture, label, isStretched = false }: DrawnPictureProps) {
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${picture.width} ${picture.height}`}
      shapeRendering="crispEdges"
      preserveAspectRatio={isStretched ? 'none' : 'xMidYMid meet'}
    >
      <path d={picture.path} fill="#000" />
    </svg>
  );
}
