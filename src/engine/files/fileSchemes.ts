/** Whose files they are. */
export type FileOwner = 'container' | 'image' | 'volume';

/** The scheme of the addresses of each; see `fileAddress`. */
export const FILE_SCHEMES: Readonly<Record<FileOwner, string>> = {
  container: 'quayside-container',
  image: 'quayside-image',
  volume: 'quayside-volume',
};
