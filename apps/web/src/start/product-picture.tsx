import type { StaticImageData } from 'next/image';
import type { Theme } from '#theme/theme.ts';
import dark from './overview-dark.webp';
import light from './overview-light.webp';

type Props = {
  /** What the reader has chosen; undefined: as their system says. */
  theme: Theme | undefined;
  alt: string;
};

const PICTURES: Readonly<Record<Theme, StaticImageData>> = { light, dark };

/** The overview of the demo shop as it is: `npm run pictures` takes it. Its size is known before it has come. */
export function ProductPicture({ theme, alt }: Props) {
  const { src, width, height } = PICTURES[theme ?? 'light'];
  return (
    <picture>
      {theme === undefined && <source media="(prefers-color-scheme: dark)" srcSet={dark.src} />}
      <img
        src={src}
        width={width}
        height={height}
        alt={alt}
        fetchPriority="high"
        className="h-auto w-full rounded-lg border border-line"
      />
    </picture>
  );
}
